"""The values of one partition of one table, on disk, with how far in the changelog they are."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from threading import RLock
from typing import Any, Final

import msgspec

from pipeline.sqlite_rows import insert_rows
from pipeline.state._errors import (
    ConflictingChangesError,
    StateDamagedError,
    StateInDoubtError,
    StateNotHereError,
)
from pipeline.state._file import is_damage, open_file

SCAN_PAGE: Final = 256
"""How many entries a scan holds in memory at once."""

_OR_UPDATE = "ON CONFLICT (key) DO UPDATE SET value = excluded.value"

_ids = itertools.count(1)


class PartitionStore:
    """Key to bytes in one SQLite file, together with the changelog offset that they stand at.

    Both change in one transaction. It outlives a kill -9; a power cut may take the last
    transactions, never a part of one: what is lost is still in the changelog. One process at a time
    can have the file open. Any thread may call, and every method may block on the disk. Once the
    store is closed they raise StateNotHereError; and StateDamagedError if the file turns out bad.
    """

    def __init__(
        self, path: Path, name: str, partition: int, *, clock: Callable[[], float] = time.time
    ) -> None:
        """Open or make the file of a partition of the table `name`; see `open_file`."""
        self.path = path
        self.name = name
        self.partition = partition
        self.id = next(_ids)
        """Of each store opened in this process another one: the owner of cached values."""
        self.revision = 0
        """Moves on with every change."""
        self._in_doubt = False
        self._clock = clock
        self._turn = RLock()
        self._connection: sqlite3.Connection | None = open_file(path, name, partition)
        self._offset: int | None
        self._changed_at: float
        ((self._offset, self._changed_at),) = self._rows("SELECT offset, changed_at FROM store")

    @property
    def offset(self) -> int | None:
        """The offset of the last changelog record that is in here, None if there is none."""
        return self._offset

    @property
    def changed_at(self) -> float:
        """When the store was last changed, in seconds since 1970 (UTC); 0 if never."""
        return self._changed_at

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._connection is None

    def get(self, key: str) -> bytes | None:
        """Return the bytes of a key, None if it holds nothing."""
        rows = self._rows("SELECT value FROM entry WHERE key = ?", key)
        return rows[0][0] if rows else None

    def get_many(self, keys: list[str]) -> dict[str, bytes]:
        """Return the bytes of those keys that hold something."""
        sql = "SELECT key, value FROM entry WHERE key IN (SELECT value FROM json_each(?))"
        return dict(self._rows(sql, msgspec.json.encode(keys).decode()))

    def scan(self, prefix: str, after: str | None = None) -> Iterator[tuple[str, bytes]]:
        """Go through the keys that start with `prefix` and come after `after`, by code point.

        Holds SCAN_PAGE entries at a time. The store may change meanwhile: a page is as the store
        was when the page was read.
        """
        end = _successor(prefix)
        below_end = "" if end is None else "AND key < ?"
        ends = () if end is None else (end,)
        start, comparison = prefix, ">="
        if after is not None and after >= prefix:
            start, comparison = after, ">"
        while True:
            page = self._rows(
                # Nothing in it comes from outside.
                f"SELECT key, value FROM entry WHERE key {comparison} ? {below_end}"  # noqa: S608
                f" ORDER BY key LIMIT {SCAN_PAGE}",
                start,
                *ends,
            )
            yield from page
            if len(page) < SCAN_PAGE:
                return
            start, comparison = page[-1][0], ">"

    def check_settled(self) -> None:
        """Raise StateInDoubtError while somebody who has claimed has not said what came of it."""
        self._open_connection()
        if self._in_doubt:
            raise StateInDoubtError(
                f"whether the last changes to partition {self.partition} of {self.name} are in the "
                "log was never said: call applied() or dropped(), or restart the worker"
            )

    def claim(self, revision: int) -> None:
        """Announce changes by somebody who read at `revision`: from here on the log may have them.

        Raises ConflictingChangesError if others have changed or claimed the store since.
        """
        self.check_settled()
        if revision != self.revision:
            raise ConflictingChangesError(
                f"partition {self.partition} of {self.name} was changed by somebody else since it "
                "was read: only one batch of a partition may be in work at a time"
            )
        self._in_doubt = True

    def settle(self) -> None:
        """Withdraw a claim: the log does not have the changes, or its recovery will bring them."""
        self._in_doubt = False

    def apply(self, changes: Mapping[str, bytes | None], offset: int | None) -> None:
        """Write the changes (None removes a key) and the changelog offset: everything or nothing.

        `offset` is that of the last changelog record among the changes; None leaves it as it is.
        Raises ValueError if it lies before the stored one.
        """
        if offset is None:
            offset = self._offset
        elif self._offset is not None and offset < self._offset:
            raise ValueError(f"{self.path} stands at offset {self._offset}, beyond {offset}")
        # Neighbours share a page: sorted, each page is read and written once.
        written = sorted(item for item in changes.items() if item[1] is not None)
        removed: list[tuple[str, ...]] = [(key,) for key, value in changes.items() if value is None]
        self._write(offset, "DELETE FROM entry WHERE key = ?", removed, written)

    def clear(self) -> None:
        """Remove every key, and the offset: the store is as if it were new."""
        self._write(None, "DELETE FROM entry", [()], [])
        self.id = next(_ids)

    def close(self) -> None:
        """Close the file, and release it for other processes; closing again does nothing."""
        with self._turn:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    def _write(
        self,
        offset: int | None,
        removal: str,
        removed: list[tuple[str, ...]],
        written: list[tuple[str, bytes | None]],
    ) -> None:
        now = self._clock()
        try:
            with self._turn, self._open_connection() as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(removal, removed)
                insert_rows(connection, written, into="entry", columns=2, otherwise=_OR_UPDATE)
                connection.execute("UPDATE store SET offset = ?, changed_at = ?", (offset, now))
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error
        self._offset, self._changed_at = offset, now
        self._in_doubt = False
        self.revision += 1

    def _rows(self, sql: str, *arguments: str) -> list[tuple[Any, ...]]:
        try:
            with self._turn:
                return self._open_connection().execute(sql, arguments).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._explained(error) from error

    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StateNotHereError(
                f"partition {self.partition} of {self.name} is closed: it was taken away from "
                "this worker"
            )
        return self._connection

    def _explained(self, error: sqlite3.DatabaseError) -> Exception:
        if not is_damage(error):
            return error
        return StateDamagedError(
            f"state file {self.path} is damaged ({error}): start the worker again, which sets it "
            "aside and rebuilds it from the changelog"
        )


def _successor(prefix: str) -> str | None:
    """Return the first text after all that start with `prefix`, None if there is none.

    >>> _successor("ab")
    'ac'
    """
    stem = prefix.rstrip(chr(0x10FFFF))
    if not stem:
        return None
    following = ord(stem[-1]) + 1
    if following == 0xD800:  # noqa: PLR2004 - surrogates are no characters: UTF-8 has none
        following = 0xE000
    return stem[:-1] + chr(following)
