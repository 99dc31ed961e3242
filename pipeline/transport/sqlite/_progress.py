"""How far an app is behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from faust.types import TP

from pipeline.transport._in_flight import InFlight
from pipeline.transport._standing import Standing
from pipeline.transport.sqlite._log import SqliteLog


def lag(log: SqliteLog, group: str, topics: Iterable[str]) -> dict[TP, int]:
    """Return how many offsets `group` has yet to acknowledge, by partition of these topics."""
    return {
        TP(topic, number): _behind(log, group, topic, number)
        for topic in topics
        for number in range(log.partition_count(topic))
    }


def standings(
    log: SqliteLog, in_flight: InFlight, lag: Mapping[TP, int], readers: Mapping[str, str]
) -> dict[TP, Standing]:
    """Return the standing of each of these partitions that is being read, given its lag."""
    return {
        tp: Standing(
            agent=readers[tp.topic],
            acknowledged=in_flight.acknowledged(tp) or 0,
            handed_out=position,
            lag=left,
            waits=position < log.end_offset(*tp),
            records_out=in_flight.records_out(tp),
            oldest=in_flight.oldest(tp),
        )
        for tp, left in lag.items()
        if (position := in_flight.position(tp)) is not None
    }


def _behind(log: SqliteLog, group: str, topic: str, number: int) -> int:
    # What was removed before it was read does not keep anybody waiting.
    start = log.start_offset(topic, number)
    position = log.position(group, topic, number)
    return log.end_offset(topic, number) - max(start, position or 0)
