from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from agents import outreach_app
from pipeline.cli.doctor import Finding, State, examine
from pipeline.cli.doctor._environment import clock, unmet
from pipeline.cli.doctor._folder import examine_folder, room
from pipeline.cli.doctor._log import examine_log
from pipeline.cli.doctor._state import examine_state
from pipeline.cli.doctor._warehouse import examine_warehouse
from pipeline.embedded import DataDirectory
from pipeline.report import views
from pipeline.warehouse import Address, migrate
from tests.cli._command import outreach_afresh, outreach_here
from tests.report._systems import copy_of

AGENTS = {"conversations": frozenset({"outreach.dm-sent", "outreach.replies"})}


def of(findings: Sequence[Finding], subject: str) -> Finding:
    """Return the one finding on a subject."""
    (found,) = [finding for finding in findings if finding.subject == subject]
    return found


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> DataDirectory:
    """Return a folder of the test's own, with the sample log."""
    return DataDirectory(copy_of(folder, tmp_path / "data"))


@pytest.fixture
def served(served_folder: Path) -> Address:
    """Return the address of the served folder."""
    endpoint = DataDirectory(served_folder).endpoint()
    assert endpoint is not None
    return Address("127.0.0.1", endpoint.warehouse_port, "default", endpoint.secret)


def test_sound_folder_is_sound(folder: Path) -> None:
    """Of a system that nobody has open, everything is looked at, and nothing is wrong."""
    done = outreach_afresh("doctor", "--data", folder)
    assert (done.status, done.errors) == (0, "")
    for subject in ("Python", "Packages", "Clock", "Disk", "Topics", "Agent warehouse", "State"):
        assert subject in done.text
    assert "touches 75" in " ".join(done.text.split())
    assert "✗" not in done.text


def test_served_folder_is_examined_beside_its_process(served_folder: Path) -> None:
    """What another process has open is read all the same; what cannot be read is said."""
    findings = list(examine(outreach_app, served_folder, {}))
    assert [finding for finding in findings if finding.state is State.WRONG] == []
    assert "process" in of(findings, "Open in").found
    assert of(findings, "Log").state is State.NOTE
    assert of(findings, "Secret").state is State.SOUND
    for agent in ("conversations", "creators", "campaigns", "warehouse"):
        assert of(findings, f"Agent {agent}").found == "has processed everything"


def test_installation_alone_can_be_examined() -> None:
    """Without a system the packages are looked at, and how to name a system is said."""
    done = outreach_here("doctor")
    assert done.status == 0
    assert "--data DIR" in done.text


def test_folder_that_is_not_there_is_wrong(tmp_path: Path) -> None:
    """Something wrong ends the command with status 1, and is counted."""
    done = outreach_here("doctor", "--data", tmp_path / "absent")
    assert done.status == 1
    assert "there is no such folder" in " ".join(done.text.split())
    assert "1 problem found." in done.errors
    assert not (tmp_path / "absent").exists()


def test_server_that_is_away_is_wrong() -> None:
    """The server in the settings is looked at like an embedded one."""
    settings = {"OUTREACH_CLICKHOUSE_HOST": "127.0.0.1", "OUTREACH_CLICKHOUSE_PORT": "1"}
    found = of(list(examine(outreach_app, None, settings)), "Warehouse")
    assert found.state is State.WRONG
    assert "cannot be reached" in found.found


def test_setting_that_is_wrong_is_named() -> None:
    """A port that is none is a finding, not a crash."""
    settings = {"OUTREACH_CLICKHOUSE_HOST": "127.0.0.1", "OUTREACH_CLICKHOUSE_PORT": "http"}
    assert "'http'" in of(list(examine(outreach_app, None, settings)), "Warehouse").found


def test_lag_of_an_agent_is_told(copy: DataDirectory) -> None:
    """Records that nobody has acknowledged are counted for the agent that is to read them."""
    with closing(sqlite3.connect(copy.log_path)) as log, log:
        log.execute("DELETE FROM positions WHERE topic = 'outreach.replies'")
    found = of(list(examine_log(copy, AGENTS)), "Agent conversations")
    assert found.state is State.NOTE
    assert found.found == "18 records behind"
    assert "outreach run" in found.advice


def test_topic_with_another_number_of_partitions_is_wrong(copy: DataDirectory) -> None:
    """What concerns one account would no longer stand together."""
    with closing(sqlite3.connect(copy.log_path)) as log, log:
        log.execute("DELETE FROM partitions WHERE topic = 'outreach.alerts' AND number = 3")
        log.execute("UPDATE topics SET partitions = 3 WHERE name = 'outreach.alerts'")
    found = of(list(examine_log(copy, AGENTS)), "Topics")
    assert (found.state, found.found) == (State.WRONG, "outreach.alerts has 3 partitions")


def test_topic_that_is_missing_is_made_at_the_next_start(copy: DataDirectory) -> None:
    """A topic that a later version brings is no fault of the log."""
    with closing(sqlite3.connect(copy.log_path)) as log, log:
        log.execute("DELETE FROM partitions WHERE topic = 'outreach.alerts'")
        log.execute("DELETE FROM topics WHERE name = 'outreach.alerts'")
    found = of(list(examine_log(copy, AGENTS)), "Topics")
    assert (found.state, found.found) == (State.NOTE, "outreach.alerts missing")


def test_log_that_is_no_log_is_wrong(copy: DataDirectory) -> None:
    """A damaged file is a finding, and the log is examined no further."""
    for beside in copy.log_path.parent.glob("log.db-*"):
        beside.unlink()
    copy.log_path.write_bytes(b"no database at all" * 1_000)
    (found,) = examine_log(copy, AGENTS)
    assert found.state is State.WRONG
    assert str(copy.log_path) in found.advice


def test_lost_and_damaged_state_is_a_note(copy: DataDirectory) -> None:
    """State comes back from the log; that it was damaged may say something of the disk."""
    (copy.state / "creators-0.db").rename(copy.state / "creators-0.db.unusable")
    lost, damaged = examine_state(copy, ["creators"])
    assert lost.found == "1 of 4 files missing"
    assert "creators-0.db.unusable was damaged" in damaged.found
    assert {lost.state, damaged.state} == {State.NOTE}


@pytest.mark.parametrize(
    ("mode", "state"), [(0o600, State.NOTE), (0o640, State.WRONG), (0o604, State.WRONG)]
)
def test_secret_that_others_may_read_is_wrong(copy: DataDirectory, mode: int, state: State) -> None:
    """An endpoint is for its owner alone; one that a dead process left is only noted."""
    endpoint = copy.path / "endpoint.json"
    endpoint.write_text("{}")
    endpoint.chmod(mode)
    assert of(list(examine_folder(copy)), "Secret").state is state


@pytest.mark.parametrize(("free", "state"), [(1 << 30, State.SOUND), ((1 << 30) - 1, State.WRONG)])
def test_full_disk_is_wrong(free: int, state: State) -> None:
    """Less than a GiB is too little room."""
    assert room(Path("/data"), free).state is state


def test_migration_that_is_missing_is_wrong(served: Address) -> None:
    """A database of an earlier version is told, and what to do."""
    other = Address(served.host, served.port, served.user, served.password, "earlier")
    migrate(other)
    with views(other) as client:
        table = "earlier_facts.migrations"
        client.execute(f"ALTER TABLE {table} DELETE WHERE number = 2 SETTINGS mutations_sync = 2")
    found = of(list(examine_warehouse(other)), "Migrations")
    assert (found.state, found.found) == (State.WRONG, "0002_replies.sql missing")


def test_migration_of_a_later_version_is_wrong(served: Address) -> None:
    """A database that a later version migrated needs that version."""
    other = Address(served.host, served.port, served.user, served.password, "later")
    migrate(other)
    with views(other) as client:
        client.execute(
            "INSERT INTO later_facts.migrations (number, name, digest) VALUES", [(999, "x", "y")]
        )
    found = of(list(examine_warehouse(other)), "Migrations")
    assert (found.state, found.found) == (State.WRONG, "1 of a later version")


def test_view_that_does_not_answer_is_wrong(served: Address) -> None:
    """Each view is asked, and one that fails does not hide the others."""
    other = Address(served.host, served.port, served.user, served.password, "broken")
    migrate(other)
    with views(other) as client:
        client.execute("DROP TABLE broken_facts.replies SYNC")
    findings = list(examine_warehouse(other))
    assert of(findings, "View replies").state is State.WRONG
    assert "touches 0" in of(findings, "Views").found


def test_database_that_is_not_there_is_wrong(served: Address) -> None:
    """A server without the database needs migrations."""
    absent = Address(served.host, served.port, served.user, served.password, "absent")
    (found,) = examine_warehouse(absent)
    assert found.state is State.WRONG
    assert "outreach migrate" in found.advice


@pytest.mark.parametrize(
    ("year", "state"), [(1970, State.WRONG), (2026, State.SOUND), (2099, State.WRONG)]
)
def test_clock_out_of_its_time_is_wrong(year: int, state: State) -> None:
    """A machine that starts in 1970 would decide about sends by that."""
    assert clock(datetime(year, 6, 1, tzinfo=UTC)).state is state


@pytest.mark.parametrize(
    ("requirement", "installed", "problem"),
    [
        ("aiohttp>=3.12", "3.12", None),
        ("aiohttp>=3.12", "3.9.5", "aiohttp 3.9.5 (>=3.12 needed)"),
        ("typer", "0.1", None),
        ("tzdata>=2026.1", None, "tzdata is missing"),
    ],
)
def test_packages_are_held_to_what_is_required(
    requirement: str, installed: str | None, problem: str | None
) -> None:
    """Versions are compared as numbers, and what is missing is named."""
    assert unmet(requirement, installed) == problem
