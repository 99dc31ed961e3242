from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from clickhouse_driver import Client

from pipeline.cli._reading import served
from pipeline.cli._reconcile import _settled
from pipeline.embedded import DataDirectory
from pipeline.warehouse import Address
from tests.cli._command import outreach_afresh, outreach_here, server_of
from tests.report._systems import copy_of, serving

OPENER = "workspace = 'north' AND campaign_id = 'spring' AND template_id = 'short'"
FAR = 1_000_000
"""A version above all others."""


@pytest.fixture(scope="module")
def own_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Serve a copy of the sample system that is these tests' own to tamper with."""
    copy = copy_of(folder, tmp_path_factory.mktemp("own") / "data")
    with serving(copy):
        yield copy


@pytest.fixture
def address(own_folder: Path) -> Iterator[Address]:
    """Return where the copy is served; what was tampered with is put right afterwards."""
    address = served(DataDirectory(own_folder))
    assert address is not None
    yield address
    with address.connect() as client:
        mend(client)


def mend(client: Client) -> None:
    """Remove the rows that a test wrote."""
    for table in ("response_rates", "step_rates"):
        client.execute(
            f"ALTER TABLE outreach_facts.{table} DELETE WHERE version >= {FAR}",
            settings={"mutations_sync": 2},
        )


def tamper(client: Client, table: str, changes: str, where: str) -> None:
    """Write newer versions of rows of a table of facts, which hold something else."""
    client.execute(
        f"INSERT INTO outreach_facts.{table} SELECT * REPLACE ({changes}, "
        f"{FAR} + version AS version) FROM outreach_facts.{table} FINAL WHERE {where}"
    )


def test_a_sound_system_has_nothing_to_print(folder: Path, own_folder: Path) -> None:
    """It ends with status 0, whether another process serves the folder or nobody has it open."""
    here = outreach_here("reconcile", "--data", own_folder)
    assert (here.status, here.text, here.errors) == (0, "", "")
    closed = outreach_afresh("reconcile", "--data", folder)
    assert (closed.status, closed.text, closed.errors) == (0, "", "")


def test_a_cell_that_is_wrong_is_named(own_folder: Path, address: Address) -> None:
    """Each line has the whole cell, and of its counts those that are wrong, both ways."""
    with address.connect() as client:
        changes = "replied_attempts + 1_500 AS replied_attempts, opt_outs + 1 AS opt_outs"
        tamper(client, "response_rates", changes, OPENER)
        tamper(client, "step_rates", "0 AS touches", f"{OPENER} AND step = 0")

    done = outreach_here("reconcile", "--data", own_folder)

    assert (done.status, done.errors) == (1, "")
    response, step = done.text.splitlines()
    assert response == (
        "response_rates: workspace=north platform=instagram account_id=north.uk "
        "campaign_id=spring template_id=short hour=2026-07-06 10:00:00+00:00: "
        "replied_attempts 1,513, the touches say 13, opt_outs 1, the touches say 0"
    )
    assert step == (
        "step_rates: workspace=north platform=instagram account_id=north.uk "
        "campaign_id=spring template_id=short step=0 hour=2026-07-06 10:00:00+00:00: "
        "touches 0, the touches say 20, replied_touches 0, the touches say 12, "
        "positive_touches 0, the touches say 12, reply_seconds 0, the touches say 43,200"
    )


def test_a_server_in_the_environment_is_reconciled_too(
    own_folder: Path, address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder the settings name the system."""
    for name, value in server_of(own_folder).items():
        monkeypatch.setenv(name, value)
    assert outreach_here("reconcile").status == 0
    with address.connect() as client:
        tamper(client, "step_rates", "'gone' AS template_id", "workspace = 'south'")

    done = outreach_here("reconcile")

    assert done.status == 1
    (surplus,) = done.text.splitlines()
    assert "workspace=south platform=x" in surplus
    assert "template_id=gone step=0" in surplus
    assert "touches 5, the touches say 0" in surplus


def test_a_cell_that_is_just_being_written_is_looked_at_again(address: Address) -> None:
    """A difference that passes is none."""
    with address.connect() as client:
        tamper(client, "response_rates", "attempts - 1 AS attempts", OPENER)
    looks: list[Address] = []

    class Mending(Address):
        """The same address, whose rows are put right just before the second look."""

        __slots__ = ()

        def connect(self) -> Client:
            if looks:
                with super().connect() as client:
                    mend(client)
            looks.append(self)
            return super().connect()

    assert _settled(Mending(address.host, address.port, address.user, address.password)) == []

    assert len(looks) == 2
