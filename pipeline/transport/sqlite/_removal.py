"""The writer's jobs that remove records."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from pipeline.transport.sqlite._catalog import Partition, bounds


class RemoveBefore:
    """Removes the records of one partition from its start to before an offset, the end at most."""

    def __init__(self, partition: Partition, offset: int) -> None:
        self.rows = offset - partition.start
        self._partition = partition
        self._offset = offset

    def apply(self, connection: sqlite3.Connection) -> None:
        """Remove them, and keep the offset for when none is left."""
        connection.execute(
            "DELETE FROM records WHERE id >= ? AND id < ?",
            (self._partition.first_row, self._partition.row(self._offset)),
        )
        connection.execute(
            "UPDATE partitions SET next_offset = max(next_offset, ?) WHERE id = ?",
            (self._offset, self._partition.id),
        )

    def publish(self) -> None:
        """Show the new start, unless the partition was emptied meanwhile."""
        self._partition.start = max(self._partition.start, self._offset)


class RemoveRows:
    """Removes single records by their row ids."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = len(rows)
        self._ids = rows

    def apply(self, connection: sqlite3.Connection) -> None:
        """Remove those that are still there."""
        connection.executemany("DELETE FROM records WHERE id = ?", zip(self._ids, strict=True))

    def publish(self) -> None:
        """Show nothing: the bounds are seen to by `MarkClean`."""


class MarkClean:
    """Notes that below an offset no key occurs twice, and how many records are there."""

    rows = 1

    def __init__(self, partition: Partition, clean_end: int, clean_rows: int) -> None:
        self._partition = partition
        self._clean_end = clean_end
        self._clean_rows = clean_rows
        self._start = partition.start

    def apply(self, connection: sqlite3.Connection) -> None:
        """Write the note."""
        connection.execute(
            "UPDATE partitions SET clean_end = ?, clean_rows = ? WHERE id = ?",
            (self._clean_end, self._clean_rows, self._partition.id),
        )
        self._start, _ = bounds(connection, self._partition.id, self._partition.unassigned)

    def publish(self) -> None:
        """Show the note and where the partition starts now."""
        self._partition.clean_end = self._clean_end
        self._partition.clean_rows = self._clean_rows
        self._partition.start = self._start
