"""What the engine makes of a cluster's tables when its configuration knows the cluster.

A process of its own is told of a cluster whose only host it is, and keeps in memory what a Keeper
would. It makes replicated tables, and refuses to write to them and everything ON CLUSTER: with that
exception, the statements are those of a cluster, word by word.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.warehouse import Address
from tests.warehouse.shards import cluster_statements, without_alterations
from tests.warehouse.test_views import PROMISED

CLUSTER = Address("", 0, "", "", cluster="main")
EXAMPLE = Path(__file__).parents[2] / "deploy" / "clickhouse" / "cluster.xml"
ONE_HOST = """
<clickhouse>
  <tcp_port>9000</tcp_port>
  <remote_servers><main><shard>
    <internal_replication>true</internal_replication>
    <replica><host>127.0.0.1</host><port>9000</port></replica>
  </shard></main></remote_servers>
  <macros><shard>first</shard><replica>a</replica></macros>
  <zookeeper><implementation>testkeeper</implementation></zookeeper>
</clickhouse>
"""
_RUN = """
import json, sys
from chdb.session import Session

session = Session(f"{sys.argv[1]}?config-file={sys.argv[2]}")
answers = [session.query(sql, "JSONCompact").bytes() for sql in json.load(sys.stdin)]
print(json.dumps([json.loads(answer)["data"] if answer else [] for answer in answers]))
session.close()
"""
Rows = list[list[str]]


def answers(directory: Path, configuration: Path, statements: list[str]) -> list[Rows]:
    """Run statements in an engine that has a configuration; return the rows of each."""
    (directory / "engine" / "metadata").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(directory / "engine"), str(configuration)],
        input=json.dumps(statements),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"CLUSTER_SECRET": "quiet", "SHARD": "2", "REPLICA": "b"},
    )
    assert done.returncode == 0, done.stderr
    found: list[Rows] = json.loads(done.stdout)
    return found


QUESTIONS = {
    "replicas": "SELECT table, zookeeper_path, replica_name FROM system.replicas",
    "in front": (
        "SELECT name, engine_full FROM system.tables "
        "WHERE database = 'outreach_facts' AND engine = 'Distributed'"
    ),
    "local": (
        "SELECT name, engine_full, sorting_key FROM system.tables "
        "WHERE database = 'outreach_facts' AND endsWith(name, '_local')"
    ),
    "columns": (
        "SELECT table, name, replaceRegexpOne(type, '^LowCardinality\\\\((.*)\\\\)$', '\\\\1') "
        "FROM system.columns WHERE database = 'outreach'"
    ),
    **{view: f"SELECT * FROM outreach.{view}" for view in PROMISED},
}


BY_ITSELF = {
    "dead_letters": "dead_letter_id",
    "campaign_risk": "workspace, campaign_id",
    "alerts": "workspace, alert_id",
}
"""What the tables are spread by that belong to no account."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """Make everything, and return the engine's answers to the questions above."""
    directory = tmp_path_factory.mktemp("cluster")
    configuration = directory / "cluster.xml"
    configuration.write_text(ONE_HOST)
    statements = [
        sql.replace(" ON CLUSTER 'main'", "")
        for sql in without_alterations(cluster_statements(CLUSTER))
    ]
    # Twice: a migration that broke off is run again from its start.
    asked = [*statements, *statements, *QUESTIONS.values()]
    found = answers(directory, configuration, asked)
    return dict(zip(QUESTIONS, found[2 * len(statements) :], strict=True))


def test_tables_are_replicated_within_their_shard(made: dict[str, Rows]) -> None:
    """What has run is the same on all shards; facts are the same on the replicas of one."""
    replicas = {table: (path, replica) for table, path, replica in made["replicas"]}
    everywhere = replicas.pop("migrations")

    assert everywhere == ("/clickhouse/tables/all_shards/outreach_facts/migrations", "first-a")
    assert replicas == {
        f"{name}_local": (f"/clickhouse/tables/first/outreach_facts/{name}_local", "a")
        for name, _ in made["in front"]
    }
    for _, engine, _ in made["local"]:
        assert engine.startswith("ReplicatedReplacingMergeTree(")
        assert "'{replica}', version)" in engine


def test_the_shard_follows_from_the_key_of_the_row(made: dict[str, Rows]) -> None:
    """Versions of one row, which have one key, are on one shard; and so is all of an account."""
    keys = {name.removesuffix("_local"): key for name, _, key in made["local"]}
    assert keys.keys() == {name for name, _ in made["in front"]}
    for name, engine in made["in front"]:
        columns = BY_ITSELF.get(name, "workspace, platform, account_id")
        assert engine.endswith(f"'{name}_local', sipHash64({columns}))")
        assert f"{keys[name]}, ".startswith(f"{columns}, ")


def test_the_views_of_a_cluster_are_those_of_one_server(made: dict[str, Rows]) -> None:
    """They have the names and columns that are promised, and can be read while they are empty."""
    columns: dict[str, dict[str, str]] = {}
    for table, name, kind in made["columns"]:
        columns.setdefault(table, {})[name] = kind
    for view, promised in PROMISED.items():
        assert {name: columns[view].get(name) for name in promised} == promised
        assert made[view] == []


def test_the_example_of_a_configuration_is_one(tmp_path: Path) -> None:
    """The engine reads two shards of two replicas in `deploy/clickhouse/cluster.xml`."""
    asked = (
        "SELECT toString(shard_num), host_name, toString(internal_replication) "
        "FROM system.clusters WHERE cluster = 'main' ORDER BY host_name"
    )
    macros = "SELECT macro, substitution FROM system.macros ORDER BY macro"

    hosts, own = answers(tmp_path, EXAMPLE, [asked, macros])

    assert hosts == [
        ["1", "clickhouse-1a", "1"],
        ["1", "clickhouse-1b", "1"],
        ["2", "clickhouse-2a", "1"],
        ["2", "clickhouse-2b", "1"],
    ]
    assert own == [["replica", "b"], ["shard", "2"]]
