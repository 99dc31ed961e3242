from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.warehouse import Address, migrations
from tests.cli._command import outreach_here, server_of

NAMES = [migration.name for migration in migrations(Address("", 0, "", ""))]


@pytest.fixture
def _database(
    served_folder: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Name a database of the test's own on a server."""
    for name, value in server_of(served_folder).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_DATABASE", request.node.name)


@pytest.mark.usefixtures("_database")
def test_each_migration_is_run_once_and_named() -> None:
    """The first run prints every migration, the second none."""
    assert outreach_here("migrate").text.splitlines() == NAMES
    again = outreach_here("migrate")
    assert (again.status, again.text) == (0, "")
    assert "Nothing to do" in again.complaint


@pytest.mark.usefixtures("_database")
def test_report_before_migration_says_to_migrate() -> None:
    """A server without the database is told from one without answers."""
    done = outreach_here("report")
    assert done.status == 1
    assert "outreach migrate" in done.complaint


def test_dry_run_prints_the_sql_and_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SQL can be read, or run by hand, without a server at hand."""
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_HOST", "nowhere.example")
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_DATABASE", "trial")
    done = outreach_here("migrate", "--dry-run")
    assert done.status == 0
    assert [line[3:] for line in done.text.splitlines() if line.endswith(".sql")] == NAMES
    assert "CREATE TABLE IF NOT EXISTS `trial_facts`.touches" in done.text
    statements = done.text.count("CREATE TABLE") + done.text.count("CREATE VIEW")
    assert done.text.count(";\n") >= statements


def test_without_a_server_it_is_wrong_use() -> None:
    """Embedded systems migrate themselves; a server has to be named."""
    done = outreach_here("migrate")
    assert done.status == 2
    assert "OUTREACH_CLICKHOUSE_HOST" in done.complaint


def test_server_that_is_away_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing was migrated, and the status says so."""
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_HOST", "127.0.0.1")
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_PORT", "1")
    done = outreach_here("migrate")
    assert done.status == 1
    assert "cannot be reached" in done.complaint
