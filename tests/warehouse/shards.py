"""A warehouse on two shards: the embedded server of the tests, and another one in its process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.warehouse import Address, migrations, preparation
from pipeline.warehouse._layout import ONE_SERVER, layout_of
from pipeline.warehouse._quoting import quoted
from tests.warehouse.relay import Relay

_CLUSTER = "example"
_ALTER = "ALTER TABLE "
_ADD = "ADD COLUMN IF NOT EXISTS "
_SERVE = """
import sys
from pathlib import Path
from pipeline.warehouse.embedded import EmbeddedServer

with EmbeddedServer(Path(sys.argv[1]), password=sys.argv[2]) as server:
    print(server.address[1], flush=True)
    sys.stdin.read()
"""


@dataclass(frozen=True)
class Shards:
    """Two servers, each with its shard of every table and with the tables before both."""

    hosts: tuple[Address, Address]
    relays: tuple[Relay, Relay]


def cluster_statements(address: Address) -> list[str]:
    """Return every statement that makes a warehouse on a cluster, in their order."""
    made = [each for migration in migrations(address) for each in migration.statements]
    return [*preparation(address), *made]


def without_alterations(statements: Sequence[str]) -> list[str]:
    """Return the statements with every added column in the table's creation from the start.

    Without a Keeper no replicated table is altered, nor one that the shards are read through. One
    server is altered in earnest: its tests run the migrations as they are.
    """
    made = [each for each in statements if not each.startswith(_ALTER)]
    for statement in (each for each in statements if each.startswith(_ALTER)):
        head, *additions = statement.split(_ADD)
        table = head.removeprefix(_ALTER).split()[0]
        for addition in additions:
            column, _, after = addition.strip(" ,\n").rpartition(" AFTER ")
            made = [
                re.sub(rf"\n    {after} .*,\n", rf"\g<0>    {column},\n", each, count=1)
                if each.startswith(f"CREATE TABLE IF NOT EXISTS {table} ") and "\n(" in each
                else each
                for each in made
            ]
    return made


@contextmanager
def serving(directory: Path, password: str) -> Iterator[int]:
    """Serve a directory from another process while the block runs, and say on which port."""
    command = [sys.executable, "-c", _SERVE, str(directory), password]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.stdin.close()
            process.wait()


@contextmanager
def spread(hosts: tuple[Address, Address]) -> Iterator[Shards]:
    """Make a warehouse of the cluster's SQL on both hosts; drop it after the block.

    Every host is told what ON CLUSTER would tell it, and each shard has one copy: neither the one
    nor replication is to be had without a Keeper.
    """
    first, _ = hosts
    with ExitStack() as opened:
        relays = (
            opened.enter_context(Relay(hosts[0].port)),
            opened.enter_context(Relay(hosts[1].port)),
        )
        clients = [opened.enter_context(host.connect()) for host in hosts]
        for statement in without_alterations(cluster_statements(replace(first, cluster=_CLUSTER))):
            here = _over(relays, first, _without_keeper(statement))
            for client in clients:
                client.execute(here)
        yield Shards(hosts, relays)
        for client in clients:
            for name in (first.database, first.facts):
                client.execute(f"DROP DATABASE {name} SYNC")


def _without_keeper(statement: str) -> str:
    layout = layout_of(Address("", 0, "", "", cluster=_CLUSTER))
    for word, otherwise in (
        (layout.on_cluster, ""),
        (layout.replacing_by_version, ONE_SERVER.replacing_by_version),
        (layout.same_everywhere, ONE_SERVER.same_everywhere),
    ):
        statement = statement.replace(word, otherwise)
    return statement


def _over(relays: tuple[Relay, Relay], host: Address, statement: str) -> str:
    """Return the statement with the shards' addresses in place of the cluster's name.

    The engine knows clusters from its configuration alone, and the embedded server gives it none.
    """
    head, is_in_front, arguments = statement.partition(f"\nENGINE = Distributed('{_CLUSTER}', ")
    if not is_in_front:
        return statement
    table, _ = head.split(" AS ")
    database, local, key = arguments.removesuffix(")").split(",", 2)
    shards = ",".join(f"127.0.0.1:{relay.port}" for relay in relays)
    access = f"{quoted(host.user)}, {quoted(host.password)}"
    return f"{table} AS remote({quoted(shards)}, {database}, {local}, {access}, {key})"
