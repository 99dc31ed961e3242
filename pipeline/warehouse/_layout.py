"""How the tables of facts lie: on one server, or on the shards and replicas of a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from clickhouse_driver import Client

from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import MigrationError
from pipeline.warehouse._quoting import quoted

_REPLICA = "'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'"
"""Where the replicas of a shard find each other, from each server's macros.

The default path, which is made of the table's UUID, would not do: a migration that broke off is run
again, and the hosts that had missed the table would get one with another UUID.
"""
_ALL_SHARDS = "'/clickhouse/tables/all_shards/{database}/{table}', '{shard}-{replica}'"


@dataclass(frozen=True, slots=True)
class Layout:
    """The words in which the SQL of a cluster differs from that of one server."""

    cluster: str
    """The cluster's name as a literal of SQL; '' on one server."""
    on_cluster: str
    """What has every host run a statement about a table, with a space before it."""
    local: str
    """What follows the name of a table of facts on each host, behind the one before all shards."""
    replacing_by_version: str
    """The engine of tables whose rows replace each other by version."""
    same_everywhere: str
    """The engine of a small table that holds the same on every host."""


ONE_SERVER = Layout("", "", "", "ReplacingMergeTree(version)", "MergeTree")


def layout_of(address: Address) -> Layout:
    """Return how the tables lie at an address.

    >>> layout_of(Address("", 0, "", "", cluster="main")).on_cluster
    " ON CLUSTER 'main'"
    """
    if not address.cluster:
        return ONE_SERVER
    name = quoted(address.cluster)
    return Layout(
        cluster=name,
        on_cluster=f" ON CLUSTER {name}",
        local="_local",
        replacing_by_version=f"ReplicatedReplacingMergeTree({_REPLICA}, version)",
        same_everywhere=f"ReplicatedMergeTree({_ALL_SHARDS})",
    )


def check_layout(client: Client, address: Address) -> None:
    """Raise MigrationError if the databases are there and lie otherwise. Blocks for the server."""
    found = client.execute(
        "SELECT engine FROM system.tables WHERE database = %(facts)s AND name = 'migrations'",
        {"facts": address.facts},
    )
    for (engine,) in found:
        if (wrong := mismatch(engine, address)) is not None:
            raise MigrationError(wrong)


def mismatch(engine: str, address: Address) -> str | None:
    """Return why an address is not that of databases whose bookkeeping has this engine, if so.

    >>> mismatch("MergeTree", Address("", 0, "", ""))
    """
    is_replicated = engine.startswith("Replicated")
    if is_replicated and not address.cluster:
        return (
            f"Database {address.facts} is spread over a cluster: name the cluster, with "
            "OUTREACH_CLICKHOUSE_CLUSTER in the environment."
        )
    if address.cluster and not is_replicated:
        return (
            f"Database {address.facts} was made for one server, not for cluster "
            f"{address.cluster}: give another database, and fill it from the log."
        )
    return None
