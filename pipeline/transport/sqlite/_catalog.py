"""What the log holds, kept in memory: topics, the bounds of their partitions, positions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.topics import Cleanup
from pipeline.transport.sqlite._database import OFFSET_BITS
from pipeline.transport.sqlite._errors import TopicError


class TopicSpec(NamedTuple):
    """A topic as it is to be."""

    name: str
    partitions: int
    cleanup: Cleanup = Cleanup.KEEP


class PositionKey(NamedTuple):
    """Whose position, and in what."""

    group: str
    topic: str
    partition: int


@dataclass(slots=True)
class Partition:
    """The bounds of one partition. The writer thread alone changes them."""

    id: int
    topic: str
    number: int
    start: int
    """Offset of the oldest record, or the end if there is none."""
    end: int
    """The offset after the newest durable record."""
    unassigned: int
    """The next offset to give out: ahead of the end while a transaction is being written."""
    clean_end: int = 0
    clean_rows: int = 0

    @property
    def first_row(self) -> int:
        """The row id that offset 0 has."""
        return self.id << OFFSET_BITS

    def row(self, offset: int) -> int:
        """Return the row id of the record with this offset."""
        return (self.id << OFFSET_BITS) + offset


@dataclass(slots=True)
class TopicState:
    """A topic and its partitions, by number."""

    spec: TopicSpec
    partitions: list[Partition] = field(default_factory=list)


class Catalog:
    """Reads are safe from any thread; changes come from the writer thread, after the commit."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.topics: dict[str, TopicState] = {}
        self.positions: dict[PositionKey, int] = {}
        for name, partitions, cleanup in connection.execute(
            "SELECT name, partitions, cleanup FROM topics"
        ):
            self.topics[name] = TopicState(TopicSpec(name, partitions, Cleanup(cleanup)))
        rows = connection.execute(
            "SELECT id, topic, number, next_offset, clean_end, clean_rows"
            " FROM partitions ORDER BY topic, number"
        ).fetchall()
        for identity, topic, number, next_offset, clean_end, clean_rows in rows:
            start, end = bounds(connection, identity, next_offset)
            self.topics[topic].partitions.append(
                Partition(identity, topic, number, start, end, end, clean_end, clean_rows)
            )
        for group, topic, number, offset in connection.execute(
            "SELECT owner, topic, partition, next_offset FROM positions"
        ):
            self.positions[PositionKey(group, topic, number)] = offset

    def topic(self, name: str) -> TopicState:
        """Return a topic by name; raises TopicError if there is none."""
        try:
            return self.topics[name]
        except KeyError:
            raise TopicError(
                f"The log has no topic {name!r}: create it before it is used."
            ) from None

    def partition(self, topic: str, number: int) -> Partition:
        """Return one partition; raises TopicError if there is none."""
        partitions = self.topic(topic).partitions
        if not 0 <= number < len(partitions):
            raise TopicError(
                f"Topic {topic!r} has the partitions 0 to {len(partitions) - 1}, and no {number}."
            )
        return partitions[number]

    def partitions(self, cleanup: Cleanup) -> Iterator[Partition]:
        """Return every partition of the topics with this cleanup."""
        for state in list(self.topics.values()):
            if state.spec.cleanup is cleanup:
                yield from state.partitions

    def least_position(self, partition: Partition) -> int | None:
        """Return the position of the reader that is furthest behind; None without a reader."""
        return min(
            (
                offset
                for key, offset in list(self.positions.items())
                if key.topic == partition.topic and key.partition == partition.number
            ),
            default=None,
        )


def bounds(connection: sqlite3.Connection, identity: int, next_offset: int) -> tuple[int, int]:
    """Return where the records of a partition start and end; both `next_offset` if it is empty."""
    first = identity << OFFSET_BITS
    oldest, newest = connection.execute(
        "SELECT (SELECT min(id) FROM records WHERE id >= :first AND id < :end),"
        " (SELECT max(id) FROM records WHERE id >= :first AND id < :end)",
        {"first": first, "end": (identity + 1) << OFFSET_BITS},
    ).fetchone()
    if oldest is None:
        return next_offset, next_offset
    return oldest - first, newest - first + 1
