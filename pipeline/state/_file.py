"""Opening the SQLite file of a store: made if it is new, set aside if it is unusable."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import suppress
from pathlib import Path

from pipeline.state._errors import StateInUseError

logger = logging.getLogger(__name__)

APPLICATION_ID = 0x6F757472
"""Says that the file is one of ours, at the place where SQLite and file(1) look for it."""

LAYOUT = 1
"""Which tables a file has. A file of another layout is rebuilt, not converted."""

LOCK_SECONDS = 5.0
"""How long to wait for a process that is just closing the file."""

PAGE_CACHE_KIBIBYTES = 4096

WAL_PAGES = 4000
"""Up to where the write-ahead log grows (16 MB) before it goes into the file: a third less time a
change than with SQLite's 1,000."""

# A table with a rowid: WITHOUT ROWID reads values of 100 bytes a quarter faster, but takes three
# times as long from 3 KB on, and twice as long to insert at any size.
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE store (
    name TEXT NOT NULL,
    partition INTEGER NOT NULL,
    offset INTEGER,
    changed_at REAL NOT NULL
);
CREATE TABLE entry (key TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL);
PRAGMA application_id = {APPLICATION_ID};
PRAGMA user_version = {LAYOUT};
"""


class _UnusableError(Exception):
    """The file is damaged, or not ours."""


def open_file(path: Path, name: str, partition: int) -> sqlite3.Connection:
    """Open, or make, the file of one partition of one table, and lock it for this process.

    Reads the whole file to check it. One that is damaged, or belongs to something else, is renamed
    to `*.unusable` (replacing an earlier one), which is logged, and an empty one takes its place.
    Waits up to LOCK_SECONDS for the lock, then raises StateInUseError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _connect(path, name, partition)
    except _UnusableError as error:
        aside = _set_aside(path)
        logger.warning(
            "state file %s is unusable (%s): it is set aside as %s, and table %s partition %d "
            "is rebuilt from its changelog",
            path,
            error,
            aside.name,
            name,
            partition,
        )
        return _connect(path, name, partition)


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error of SQLite says that the file itself is bad."""
    return _primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _set_aside(path: Path) -> Path:
    """Rename a closed file, and what SQLite keeps beside it, and return its new name."""
    aside = path.with_name(f"{path.name}.unusable")
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside = aside.with_name(aside.name + suffix)
        beside.unlink(missing_ok=True)
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(beside)
    return aside


def _primary_code(error: sqlite3.Error) -> int:
    # Absent on errors that Python's binding raises on its own account.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _connect(path: Path, name: str, partition: int) -> sqlite3.Connection:
    # A store is opened in a thread, so as not to hold up the event loop, and used from another.
    connection = sqlite3.connect(
        path, timeout=LOCK_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection, name, partition)
    except sqlite3.Error as error:
        connection.close()
        if is_damage(error):
            raise _UnusableError(str(error)) from error
        if _primary_code(error) == sqlite3.SQLITE_BUSY:
            raise StateInUseError(
                f"another process has {path} open: stop it, or give every worker on this machine "
                "a state directory of its own"
            ) from error
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, name: str, partition: int) -> None:
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA cache_size = -{PAGE_CACHE_KIBIBYTES}")
    is_new = not _number(connection, "SELECT count(*) FROM sqlite_schema")
    if not is_new:
        _check_origin(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {WAL_PAGES}")
    if is_new:
        connection.executescript(_SCHEMA)
        connection.execute("INSERT INTO store VALUES (?, ?, NULL, 0)", (name, partition))
        connection.execute("COMMIT")
    else:
        _check_content(connection, name, partition)


def _check_origin(connection: sqlite3.Connection) -> None:
    if _number(connection, "PRAGMA application_id") != APPLICATION_ID:
        raise _UnusableError("it was made by another program")
    layout = _number(connection, "PRAGMA user_version")
    if layout != LAYOUT:
        raise _UnusableError(f"it has layout {layout}, and this program uses {LAYOUT}")


def _check_content(connection: sqlite3.Connection, name: str, partition: int) -> None:
    report = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if report != "ok":
        raise _UnusableError(str(report))
    owners = connection.execute("SELECT name, partition FROM store").fetchall()
    if owners != [(name, partition)]:
        raise _UnusableError(f"it belongs to {owners}")


def _number(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(sql).fetchone()[0])
