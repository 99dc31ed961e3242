"""How far an app is behind."""

from __future__ import annotations

from collections.abc import Iterable

from faust.types import TP

from pipeline.transport.sqlite._log import SqliteLog


def lag(log: SqliteLog, group: str, topics: Iterable[str]) -> dict[TP, int]:
    """Return how many offsets `group` has yet to acknowledge, by partition of these topics."""
    return {
        TP(topic, number): _behind(log, group, topic, number)
        for topic in topics
        for number in range(log.partition_count(topic))
    }


def _behind(log: SqliteLog, group: str, topic: str, number: int) -> int:
    # What was removed before it was read does not keep anybody waiting.
    start = log.start_offset(topic, number)
    position = log.position(group, topic, number)
    return log.end_offset(topic, number) - max(start, position or 0)
