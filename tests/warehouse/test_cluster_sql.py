"""The SQL of the migrations, for one server and for a cluster, as text.

There is no Keeper here: nothing that says ON CLUSTER, and no replication, can be run. What can is
shown by `test_cluster_engine` and `test_two_shards`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from clickhouse_driver import Client

from pipeline.cli._reading import address_in
from pipeline.warehouse import (
    Address,
    MigrationError,
    empty_tables,
    migrate,
    migrations,
)
from pipeline.warehouse._layout import mismatch
from tests.cli._command import outreach_here
from tests.warehouse.shards import cluster_statements

SNAPSHOT = Path(__file__).parent / "snapshots" / "cluster.sql"
ONE_SERVER = Address("", 0, "", "")
CLUSTER = replace(ONE_SERVER, cluster="main")
PUBLISHED = {
    "0001_touches.sql": "2d7540bb31cc501abd3a003289f85f7b5ed8e2dbc0cd94a22448f86755364ee2",
    "0002_replies.sql": "2a972218ec5942b820eb033e62cbb7b9cbfdd846ff8dd7aa3913b755eb34f954",
    "0003_violations.sql": "e918df9b0db32cdf47d48452f5a3cd5f785ecccb0608fc18e0e9c30ea3f5bc7c",
    "0004_rates.sql": "e8b77a187fee4fe8f54ca904af13556083d1b522f15a0aec4ad7a9ddb1d55920",
    "0005_send_requests.sql": "7c7f51d25590a771d330cc612f556a443c4f779411e572cbdea2ecf0258a78c9",
    "0006_dead_letters.sql": "fbacbc41082357545a84ddd3da6d817fd17c6810014454a70fe129cca29262c4",
    "0007_signals.sql": "d87ce133d56567c6817bd90cf3ca5833db15da4b2d96159b3d616f237fa91117",
    "0008_risk.sql": "868539404907d9ca5618cbc85ef8b09912061114270c05d7471e607dccfdd9bc",
}
"""What databases out there have written down about the migrations that made them."""
STATEMENTS = cluster_statements(CLUSTER)


@pytest.fixture
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OUTREACH_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("address", [ONE_SERVER, CLUSTER], ids=["one server", "cluster"])
def test_migrations_are_the_published_ones(address: Address) -> None:
    """What is added to a file for clusters makes it no other file for those who have run it."""
    digests = {migration.name: migration.digest for migration in migrations(address)}
    assert {name: digests[name] for name in PUBLISHED} == PUBLISHED


def test_one_server_hears_nothing_of_clusters() -> None:
    """Its SQL has no clause, engine, table or comment that only a cluster needs."""
    sql = "\n".join(cluster_statements(ONE_SERVER))
    for word in ("CLUSTER", "Distributed", "Replicated", "_local", "--", "$"):
        assert word not in sql


def test_every_statement_of_a_cluster_is_for_all_its_hosts() -> None:
    """None would be run on the host alone that happened to be asked, and none again in vain."""
    for statement in STATEMENTS:
        assert statement.count(" ON CLUSTER 'main'") == 1
        assert " IF NOT EXISTS " in statement or statement.startswith("CREATE OR REPLACE VIEW ")


@pytest.mark.usefixtures("_no_settings_from_outside")
def test_the_sql_of_a_cluster_is_the_reviewed_one() -> None:
    """A change of it shows in `snapshots/cluster.sql`, which is what the command prints.

    To renew it: `outreach migrate --print --cluster main > tests/warehouse/snapshots/cluster.sql`.
    """
    printed = outreach_here("migrate", "--print", "--cluster", "main")
    assert printed.text == SNAPSHOT.read_text(encoding="utf-8")


@pytest.mark.usefixtures("_no_settings_from_outside")
def test_the_environment_may_name_the_cluster(monkeypatch: pytest.MonkeyPatch) -> None:
    """All commands find it there, and `migrate` as well."""
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_CLUSTER", "main")
    assert outreach_here("migrate", "--print").text == SNAPSHOT.read_text(encoding="utf-8")
    assert address_in({**os.environ, "OUTREACH_CLICKHOUSE_HOST": "db"}).cluster == "main"


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_engine_can_read_every_statement_of_a_cluster(
    clickhouse: Client, statement: str
) -> None:
    """Its parser takes each: what it would do with it takes a Keeper, which is not here."""
    assert clickhouse.execute(f"EXPLAIN AST {statement}")


@pytest.mark.parametrize("odd", ["it's", "back\\slash", "{cluster}"])
def test_any_name_of_a_cluster_is_quoted(clickhouse: Client, odd: str) -> None:
    """A name that holds a quote ends no statement, and a macro is left to the server."""
    for statement in cluster_statements(replace(CLUSTER, cluster=odd, database="odd `name")):
        assert clickhouse.execute(f"EXPLAIN AST {statement}")


def test_a_database_of_one_server_becomes_none_of_a_cluster(address: Address) -> None:
    """It is refused before anything is made or emptied: its rows would be one host's alone."""
    spread = replace(address, cluster="main")
    for act in (migrate, empty_tables):
        with pytest.raises(MigrationError, match="made for one server, not for cluster main"):
            act(spread)


def test_a_database_of_a_cluster_is_not_taken_for_one_of_a_server() -> None:
    """A cluster must be named: migrating, or emptying, one of its hosts would leave it uneven."""
    assert mismatch("ReplicatedMergeTree", CLUSTER) is None
    reason = mismatch("ReplicatedMergeTree", ONE_SERVER)
    assert reason is not None
    assert "OUTREACH_CLICKHOUSE_CLUSTER" in reason
