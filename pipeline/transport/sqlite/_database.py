"""The SQLite file: its tables and how a connection to it is set up."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from pipeline.transport.sqlite._errors import LogError

OFFSET_BITS = 40
"""A record's row id is its partition's id, shifted by this, plus its offset: one B-tree holds all
partitions, each in the order of its offsets."""

_FORMAT = 1
_PAGE_BYTES = 8192
_CHECKPOINT_PAGES = 4000
_WAL_BYTES_KEPT = 64 * 1024 * 1024
_CACHE_KIB = 16_000

_TABLES = """
CREATE TABLE topics(
    name TEXT PRIMARY KEY,
    partitions INTEGER NOT NULL,
    cleanup TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE partitions(
    id INTEGER PRIMARY KEY,
    topic TEXT NOT NULL REFERENCES topics(name),
    number INTEGER NOT NULL,
    next_offset INTEGER NOT NULL DEFAULT 0, -- kept for when the newest record has been removed
    clean_end INTEGER NOT NULL DEFAULT 0,   -- below it no key occurs twice
    clean_rows INTEGER NOT NULL DEFAULT 0,  -- so many records are below it
    UNIQUE(topic, number)
);
CREATE TABLE records(
    id INTEGER PRIMARY KEY,
    timestamp INTEGER NOT NULL,
    key BLOB,
    value BLOB,
    headers BLOB
);
CREATE TABLE positions(
    owner TEXT NOT NULL, -- a consumer group
    topic TEXT NOT NULL,
    partition INTEGER NOT NULL,
    next_offset INTEGER NOT NULL,
    PRIMARY KEY(owner, topic, partition)
) WITHOUT ROWID;
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open one more connection, usable from any thread by one thread at a time."""
    connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
    connection.execute(f"PRAGMA page_size={_PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={_CHECKPOINT_PAGES}")
    connection.execute(f"PRAGMA journal_size_limit={_WAL_BYTES_KEPT}")
    connection.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
    return connection


def connect_for_reading(path: Path) -> sqlite3.Connection:
    """Open a connection on which every attempt to write fails."""
    connection = connect(path)
    connection.execute("PRAGMA query_only=ON")
    return connection


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Create the tables of a new file, and refuse a file of a later format."""
    (found,) = connection.execute("PRAGMA user_version").fetchone()
    if found > _FORMAT:
        raise LogError(
            f"The log {path} has format {found}, and this version knows formats up to {_FORMAT}: "
            "open it with the version that wrote it, or a later one."
        )
    if found == 0:
        connection.executescript(f"BEGIN; {_TABLES} PRAGMA user_version={_FORMAT}; COMMIT;")
