"""What can be written in one transaction."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from pipeline.sqlite_rows import insert_rows
from pipeline.transport._batch import Output
from pipeline.transport.sqlite._catalog import Catalog, Partition, PositionKey

encode_headers = msgspec.msgpack.Encoder().encode


class Position(NamedTuple):
    """How far a group has got in a partition.

    The partition need not exist: an import notes the lines it has taken from a file the same way.
    """

    group: str
    topic: str
    partition: int
    next_offset: int


@dataclass(frozen=True, slots=True)
class Transaction:
    """What is to hold together; applied in the order of its fields."""

    truncate: Sequence[str] = ()
    """Topics to empty. Their offsets go on, and their readers stand at the end."""
    outputs: Sequence[Output] = ()
    positions: Sequence[Position] = ()
    """Where groups stand afterwards, forward or back.

    A running app of the group does not notice: set positions back while it is stopped.
    """
    meta: Mapping[str, bytes | None] = field(default_factory=dict)
    """Small notes by name, such as a rebuild's progress; None removes one."""


class Entry(NamedTuple):
    """An output whose partition is chosen."""

    partition: Partition
    key: bytes | None
    value: bytes | None
    headers: bytes | None
    timestamp: int | None


class TransactionJob:
    """A transaction on its way through the writer; its result are the offsets of its outputs."""

    def __init__(
        self,
        transaction: Transaction,
        entries: Sequence[Entry],
        catalog: Catalog,
    ) -> None:
        self.rows = len(entries) + 1
        self._transaction = transaction
        self._entries = entries
        self._catalog = catalog
        self._emptied = [
            partition
            for topic in transaction.truncate
            for partition in catalog.topic(topic).partitions
        ]
        self._after: list[Callable[[], None]] = []

    def apply(self, connection: sqlite3.Connection) -> list[int]:
        """Write everything; return the offset of each output."""
        for partition in self._emptied:
            self._empty(connection, partition)
        offsets = self._append(connection)
        connection.executemany(
            "INSERT OR REPLACE INTO positions VALUES(?, ?, ?, ?)", self._transaction.positions
        )
        for name, value in self._transaction.meta.items():
            if value is None:
                connection.execute("DELETE FROM meta WHERE name = ?", (name,))
            else:
                connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))
        return offsets

    def publish(self) -> None:
        """Move ends and positions to where they are now."""
        for step in self._after:
            step()
        for group, topic, number, offset in self._transaction.positions:
            self._catalog.positions[PositionKey(group, topic, number)] = offset

    def _append(self, connection: sqlite3.Connection) -> list[int]:
        now = time.time_ns() // 1_000_000
        rows = []
        offsets = []
        touched = {}
        for partition, key, value, headers, timestamp in self._entries:
            offset = partition.unassigned
            partition.unassigned = offset + 1
            touched[partition.id] = partition
            offsets.append(offset)
            rows.append(
                (
                    partition.first_row + offset,
                    now if timestamp is None else timestamp,
                    key,
                    value,
                    headers,
                )
            )
        insert_rows(connection, rows, into="records", columns=5)
        ends = [(partition, partition.unassigned) for partition in touched.values()]
        self._after.append(lambda: _move_ends(ends))
        return offsets

    def _empty(self, connection: sqlite3.Connection, partition: Partition) -> None:
        end = partition.unassigned
        connection.execute(
            "DELETE FROM records WHERE id >= ? AND id < ?",
            (partition.first_row, partition.row(end)),
        )
        connection.execute(
            "UPDATE partitions SET next_offset = ?, clean_end = ?, clean_rows = 0 WHERE id = ?",
            (end, end, partition.id),
        )
        connection.execute(
            "UPDATE positions SET next_offset = ? WHERE topic = ? AND partition = ?",
            (end, partition.topic, partition.number),
        )
        self._after.append(lambda: self._show_empty(partition, end))

    def _show_empty(self, partition: Partition, end: int) -> None:
        partition.start = partition.end = partition.clean_end = end
        partition.clean_rows = 0
        for key in list(self._catalog.positions):
            if key.topic == partition.topic and key.partition == partition.number:
                self._catalog.positions[key] = end


def _move_ends(ends: Sequence[tuple[Partition, int]]) -> None:
    for partition, end in ends:
        partition.end = end
