"""Keeping `compact` topics to the newest record of each key."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator

from pipeline.transport.sqlite._catalog import Catalog, Partition
from pipeline.transport.sqlite._removal import MarkClean, RemoveRows
from pipeline.transport.sqlite._writer import Job

TOMBSTONE_MILLISECONDS = 30 * 24 * 60 * 60 * 1000
"""A tombstone stays for thirty days, so that a copy of a table that was away for less learns of the
removal."""

_SEGMENT_OFFSETS = 1_000_000
"""A pass looks for newer records in no more than this many offsets at a time."""
_STEP_OFFSETS = 20_000
_STEP_ROWS = 2_000

_NEWEST = "CREATE TEMP TABLE newest(key BLOB PRIMARY KEY, id INTEGER NOT NULL) WITHOUT ROWID"
_NOTE_NEWEST = (
    "INSERT OR REPLACE INTO newest SELECT key, id FROM records"
    " WHERE id >= ? AND id < ? AND key IS NOT NULL ORDER BY id"
)
_FIND_DEAD = (
    "SELECT records.id FROM records LEFT JOIN newest ON newest.key = records.key"
    " WHERE records.id >= :first AND records.id < :last AND (newest.id > records.id"
    " OR (records.value IS NULL AND records.id < :seen AND records.timestamp < :outdated))"
)

Submit = Callable[[Job], None]
"""Has the writer do a job and waits for it; raises when the log is closing."""


def is_due(partition: Partition, least_dirty: int) -> bool:
    """Tell whether at least half of the records, and `least_dirty`, came since the last pass."""
    dirty = partition.end - partition.clean_end
    return dirty >= max(least_dirty, partition.clean_rows)


def compact(
    connection: sqlite3.Connection, partition: Partition, catalog: Catalog, submit: Submit
) -> None:
    """Remove every record that has a newer one of its key, and tombstones whose time is over.

    `connection` reads, and keeps what it notes in a temporary table; the writer removes, a few rows
    at a time. Records without a key stay. So does the newest record of the partition: readers wait
    for its offset. Stopped half-way, it starts over the next time.
    """
    end = partition.end
    while partition.clean_end < end:
        _clean_segment(
            connection,
            partition,
            min(end, partition.clean_end + _SEGMENT_OFFSETS),
            catalog.least_position(partition),
            submit,
        )


def _clean_segment(
    connection: sqlite3.Connection,
    partition: Partition,
    upto: int,
    seen: int | None,
    submit: Submit,
) -> None:
    clean_end, clean_rows = partition.clean_end, partition.clean_rows
    connection.execute(_NEWEST)
    try:
        rows = clean_rows
        for first, last in _steps(clean_end, upto):
            bounds = (partition.row(first), partition.row(last))
            connection.execute(_NOTE_NEWEST, bounds)
            rows += last - first
        outdated = time.time_ns() // 1_000_000 - TOMBSTONE_MILLISECONDS
        # Below the clean end a tombstone is all that is left of its key, and it is not the newest
        # record of the partition, whose offset readers wait for: that one is above.
        tombstones_before = partition.row(clean_end if seen is None else min(clean_end, seen))
        for first, last in _steps(partition.start, upto):
            dead = [
                row
                for (row,) in connection.execute(
                    _FIND_DEAD,
                    {
                        "first": partition.row(first),
                        "last": partition.row(last),
                        "seen": tombstones_before,
                        "outdated": outdated,
                    },
                )
            ]
            rows -= len(dead)
            for at in range(0, len(dead), _STEP_ROWS):
                submit(RemoveRows(dead[at : at + _STEP_ROWS]))
    finally:
        connection.execute("DROP TABLE newest")
    submit(MarkClean(partition, upto, rows))


def _steps(start: int, end: int) -> Iterator[tuple[int, int]]:
    for first in range(start, end, _STEP_OFFSETS):
        yield first, min(first + _STEP_OFFSETS, end)
