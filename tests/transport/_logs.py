"""Logs for tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.topics import Cleanup
from pipeline.transport import Output, Record
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction


def create(
    log: SqliteLog, topic: str, partitions: int = 1, cleanup: Cleanup = Cleanup.KEEP
) -> None:
    """Create one topic."""
    log.create_topics([TopicSpec(topic, partitions, cleanup)])


def append(
    log: SqliteLog,
    topic: str,
    records: Sequence[tuple[bytes | None, bytes | None]],
    timestamps: Sequence[int | None] | None = None,
) -> list[int]:
    """Append keys and values to partition 0, return the offsets."""
    outputs = [Output(topic, key, value, 0) for key, value in records]
    return log.submit(Transaction(outputs=outputs), timestamps).result()


def everything(log: SqliteLog, topic: str) -> list[Record]:
    """Read all of partition 0."""
    return log.read(topic, 0, 0, max_records=10_000_000, max_bytes=1 << 40)


def pairs(log: SqliteLog, topic: str) -> list[tuple[bytes | None, bytes | None]]:
    """Read all keys and values of partition 0."""
    return [(record.key, record.value) for record in everything(log, topic)]


def wait_until(log: SqliteLog, condition: Callable[[], bool]) -> None:
    """Return once the condition holds after some commit; the log must have more to write."""
    while not condition():
        log.submit(Transaction()).result()
