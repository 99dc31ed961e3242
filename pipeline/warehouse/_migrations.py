"""Bring a ClickHouse server to the schema that this version reads and writes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from clickhouse_driver import Client

from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import MigrationError
from pipeline.warehouse._quoting import quoted_name

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file of SQL, as it is run on one server."""

    number: int
    name: str
    digest: str
    """SHA-256 of the file as it is shipped, before names are filled in."""
    statements: tuple[str, ...]


def migrations(address: Address) -> list[Migration]:
    """Return every migration in the order of its number."""
    folder = files("pipeline.warehouse") / "sql"
    found = []
    for entry in folder.iterdir():
        match = _NAME.fullmatch(entry.name)
        if match:
            text = entry.read_text(encoding="utf-8")
            digest = hashlib.sha256(text.encode()).hexdigest()
            statements = tuple(_statements(text, address))
            found.append(Migration(int(match[1]), entry.name, digest, statements))
    return sorted(found, key=lambda migration: migration.number)


def migrate(address: Address) -> list[str]:
    """Run the migrations that the server has not had yet; return their names.

    Blocks for the server. May be run again at any time, and after one that broke off. Raises
    MigrationError when a file that the server has had is another one now.
    """
    client = address.connect()
    try:
        return list(_migrate(client, address))
    finally:
        client.disconnect()


def _migrate(client: Client, address: Address) -> Iterator[str]:
    for database in (address.database, address.facts):
        client.execute(f"CREATE DATABASE IF NOT EXISTS {quoted_name(database)}")
    table = f"{quoted_name(address.facts)}.migrations"
    client.execute(
        f"CREATE TABLE IF NOT EXISTS {table} (number UInt32, name String, digest String, "
        "at DateTime64(3, 'UTC') DEFAULT now64(3)) ENGINE = MergeTree ORDER BY number"
    )
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


def _statements(text: str, address: Address) -> Iterator[str]:
    filled = Template(text).substitute(
        views=quoted_name(address.database), facts=quoted_name(address.facts)
    )
    without_comments = re.sub(r"^--[^\n]*\n", "", filled, flags=re.MULTILINE)
    for statement in without_comments.split(";\n"):
        if statement.strip():
            # A run that broke off in the middle is run again from its start.
            yield re.sub(r"\bCREATE (TABLE|VIEW)\b", r"CREATE \1 IF NOT EXISTS", statement.strip())
