"""Bring a ClickHouse server or cluster to the schema that this version reads and writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files

from clickhouse_driver import Client

from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import MigrationError
from pipeline.warehouse._layout import check_layout, layout_of
from pipeline.warehouse._quoting import quoted_name
from pipeline.warehouse._template import published, statements

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of SQL, as it is run at one address."""

    number: int
    name: str
    digest: str
    """SHA-256 of its SQL for one server, before names are filled in: the same on a cluster."""
    statements: tuple[str, ...]


def migrations(address: Address) -> list[Migration]:
    """Return every migration in the order of its number."""
    layout = layout_of(address)
    views, facts = quoted_name(address.database), quoted_name(address.facts)
    found = []
    for entry in (files("pipeline.warehouse") / "sql").iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            template = entry.read_text(encoding="utf-8")
            digest = hashlib.sha256(published(template).encode()).hexdigest()
            rendered = tuple(statements(template, layout, views=views, facts=facts))
            found.append(Migration(int(match[1]), entry.name, digest, rendered))
    return sorted(found, key=lambda migration: migration.number)


def preparation(address: Address) -> list[str]:
    """Return the statements that come before every migration: where what has run is written down.

    They may be run as often as one likes.
    """
    layout = layout_of(address)
    made = [
        f"CREATE DATABASE IF NOT EXISTS {quoted_name(database)}{layout.on_cluster}"
        for database in (address.database, address.facts)
    ]
    made.append(
        f"CREATE TABLE IF NOT EXISTS {quoted_name(address.facts)}.migrations{layout.on_cluster} "
        "(number UInt32, name String, digest String, at DateTime64(3, 'UTC') DEFAULT now64(3)) "
        f"ENGINE = {layout.same_everywhere} ORDER BY number"
    )
    return made


def migrate(address: Address) -> list[str]:
    """Run the migrations that the server or cluster has not had yet; return their names.

    Blocks for the server, and for every host of the cluster. May be run again at any time, and
    after one that broke off. Raises MigrationError when a file that the server has had is another
    one now, or when the databases are there and were made for one server instead of a cluster, or
    the other way round.
    """
    client = address.connect()
    try:
        return list(_migrate(client, address))
    finally:
        client.disconnect()


def _migrate(client: Client, address: Address) -> Iterator[str]:
    check_layout(client, address)
    for statement in preparation(address):
        client.execute(statement)
    table = f"{quoted_name(address.facts)}.migrations"
    done = dict(client.execute(f"SELECT number, digest FROM {table}"))  # noqa: S608 - quoted
    for migration in migrations(address):
        digest = done.get(migration.number)
        if digest is None:
            for statement in migration.statements:
                client.execute(statement)
            row = (migration.number, migration.name, migration.digest)
            client.execute(f"INSERT INTO {table} (number, name, digest) VALUES", [row])
            yield migration.name
        elif digest != migration.digest:
            raise MigrationError(
                f"{migration.name} is another file now than the one that database "
                f"{address.facts} was made with: a published migration never changes. Install the "
                "version that made the database, or give another database."
            )
