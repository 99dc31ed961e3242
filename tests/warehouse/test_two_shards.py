"""The tables of a cluster with real rows on two real shards, which are two embedded servers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest

from pipeline.topics import Topic
from pipeline.warehouse import Address, PendingRows, WarehouseError, Writer, reconcile
from pipeline.warehouse.tables import CONTENTS, Table
from tests.warehouse import records
from tests.warehouse.records import Record
from tests.warehouse.shards import Shards, serving, spread
from tests.warehouse.test_contents import VIEWS, with_other

ACCOUNTS = [f"brand {number}" for number in range(24)]
TELLING: dict[str, str] = {
    "touches": "step",
    "signals": "evidence",
    "campaign_risk": "signals",
    "alerts": "sentences",
    "replies": "credited_message_id",
    "audience_messages": "kind",
    "violations": "detail",
    "response_rates": "attempts",
    "step_rates": "touches",
    "send_requests": "campaign_id",
    "dead_letters": "reason",
}
"""A field of each view's records that is no part of its key."""


@pytest.fixture(scope="module")
def hosts(
    server: Address, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Address, Address]]:
    """Return two servers, the second in a process of its own."""
    with serving(tmp_path_factory.mktemp("second"), server.password) as port:
        yield server, replace(server, port=port)


@pytest.fixture(scope="module")
def for_every_view(hosts: tuple[Address, Address]) -> Iterator[Shards]:
    """Return a warehouse on two shards, for tests of which each has a table of its own."""
    first, second = (replace(host, database="spread_by_view") for host in hosts)
    with spread((first, second)) as shards:
        yield shards


@pytest.fixture
def shards(hosts: tuple[Address, Address]) -> Iterator[Shards]:
    """Return an empty warehouse on two shards."""
    first, second = (replace(host, database="spread") for host in hosts)
    with spread((first, second)) as shards:
        yield shards


def put(address: Address, topic: Topic, versions: list[tuple[int, Record]]) -> None:
    """Write records in one block, as the warehouse's agent does."""
    rows = PendingRows()
    for version, record in versions:
        body = {name: deepcopy(record[name]) for name in ("body", "signals") if name in record}
        rows.add(CONTENTS[topic].tables, record | body, version)
    writer = Writer(address)
    rows.write(writer)
    writer.close()


def of_every_account(view: str, version: int) -> list[tuple[int, Record]]:
    """Return a record of each account, which tells its version; or as many dead letters."""
    _, make, _ = VIEWS[view]
    tells = version if TELLING[view] in {"step", "attempts", "touches"} else f"v{version}"
    told: object = [tells] if view == "alerts" else tells
    record = with_other(make, TELLING[view], told)
    return [(version, record | {key_of(view): account}) for account in ACCOUNTS]


def key_of(view: str) -> str:
    """Return the field that says on which shard a record's rows are."""
    keys = {
        "dead_letters": "dead_letter_id",
        "campaign_risk": "campaign_id",
        "alerts": "alert_id",
    }
    return keys.get(view, "account_id")


def shown(address: Address, view: str) -> list[str]:
    """Return the rows of a view as text, sorted.

    A real shard leaves the last step of an aggregation to the server that asks; these do it all, as
    this setting has it. Where versions of one row lay on both shards, the row would come twice.
    """
    with address.connect() as client:
        rows = client.execute(
            f"SELECT toString(tuple(*)) FROM {address.database}.{view} ORDER BY 1",
            settings={"distributed_group_by_no_merge": 1},
        )
    return [row for (row,) in rows]


def values(address: Address, table: str, column: str) -> list[str]:
    """Return a column of every row of a table of facts."""
    with address.connect() as client:
        return [row for (row,) in client.execute(f"SELECT {column} FROM {address.facts}.{table}")]


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_two_shards_shows_what_one_server_shows(
    address: Address, for_every_view: Shards, view: str
) -> None:
    """All versions of an account are on one shard, so whichever host is asked shows the latest."""
    topic, _, _ = VIEWS[view]
    hosts = for_every_view.hosts
    table = "touches" if view == "signals" else view
    for host in hosts:
        with host.connect() as client:
            client.execute(f"TRUNCATE TABLE {host.facts}.{table}_local")
            client.execute(f"SYSTEM STOP MERGES {host.facts}.{table}_local")
    for version in (2, 3, 1):
        for target in (address, hosts[version % 2]):
            put(target, topic, of_every_account(view, version))

    first, second = (values(host, f"{table}_local", key_of(view)) for host in hosts)
    assert first
    assert second
    assert not set(first) & set(second)
    assert sorted(first + second) == sorted(ACCOUNTS * 3)
    expected = shown(address, view)
    assert len(expected) == len(ACCOUNTS)
    assert {shown(host, view) == expected for host in hosts} == {True}


def test_the_greatest_version_holds_across_shards(shards: Shards) -> None:
    """Versions of touches in any order, from either host, withdrawn ones among them."""
    chance = random.Random(7)
    versions = [
        (version, account, message, chance.random() < 0.3)
        for version in range(1, 6)
        for account in ACCOUNTS
        for message in range(3)
    ]
    expected = {
        (account, f"m{message}", version)
        for version, account, message, withdrawn in versions
        if version == 5 and not withdrawn
    }
    chance.shuffle(versions)
    for start in range(0, len(versions), 40):
        some = [
            (
                version,
                records.touch(
                    account_id=account, message_id=f"m{message}", step=version, withdrawn=withdrawn
                ),
            )
            for version, account, message, withdrawn in versions[start : start + 40]
        ]
        put(chance.choice(shards.hosts), Topic.TOUCHES, some)

    for host in shards.hosts:
        with host.connect() as client:
            found = client.execute(
                f"SELECT account_id, message_id, step FROM {host.database}.touches"
            )
        assert sorted(found) == sorted(expected)


def test_rates_are_reconciled_across_shards(shards: Shards) -> None:
    """Cells that agree with the touches of both shards give nothing, and a wrong one is found."""
    first, second = shards.hosts
    cell = {"attempts": 1, "replied_attempts": 0, "positive_attempts": 0, "opt_outs": 0}
    step = {"step": 1, "touches": 1, "replied_touches": 0, "positive_touches": 0}
    cells = [
        (
            1,
            records.response_cell(**cell)
            | {"account_id": account}
            | {"step_cells": records.step_cell(**step, reply_seconds=0)["step_cells"]},
        )
        for account in ACCOUNTS
    ]
    put(first, Topic.TOUCHES, of_every_account("touches", 1))
    put(second, Topic.RATE_CELLS, cells)
    assert reconcile(first) == []
    assert reconcile(second) == []

    wrong = records.response_cell(**cell | {"attempts": 2}) | {"account_id": ACCOUNTS[0]}
    put(first, Topic.RATE_CELLS, [(2, wrong)])

    (difference,) = reconcile(second)
    assert difference.cell["account_id"] == ACCOUNTS[0]
    assert (difference.shown["attempts"], difference.computed["attempts"]) == (2, 1)


def test_a_shard_that_was_away_gets_its_rows_from_the_next_write(shards: Shards) -> None:
    """Meanwhile the writer is refused; afterwards the same rows are written, and show once."""
    first, second = shards.hosts
    rows = of_every_account("touches", 1)
    shards.relays[1].refuse()
    with pytest.raises(WarehouseError):
        put(first, Topic.TOUCHES, rows)
    assert values(second, "touches_local", "account_id") == []

    shards.relays[1].listen()
    put(first, Topic.TOUCHES, rows)

    assert values(second, "touches_local", "account_id")
    assert len(shown(first, "touches")) == len(ACCOUNTS)


def test_a_write_is_to_wait_for_the_shards(address: Address) -> None:
    """The writer asks for it with each INSERT: the server's own choice is to queue the rows."""
    setting = "getSetting('distributed_foreground_insert')"
    with address.connect() as client:
        assert client.execute(f"SELECT {setting}") == [(False,)]
        client.execute(
            f"CREATE TABLE {address.facts}.asked (version UInt64, waits Bool DEFAULT {setting}) "
            "ENGINE = Memory"
        )
    writer = Writer(address)
    writer.write(Table("asked", (), lambda _, version: [(version,)]), [(1,)])
    writer.close()

    assert values(address, "asked", "toString(waits)") == ["true"]
