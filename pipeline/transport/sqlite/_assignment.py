"""Asking Faust's assignor, with one worker in the group."""

from __future__ import annotations

from typing import cast

from faust.assignor.partition_assignor import PartitionAssignor
from faust.types import TP, AppT

from pipeline.transport.sqlite._log import SqliteLog

_MEMBER = "the only one"


def assign_everything(app: AppT, log: SqliteLog, topics: set[str]) -> frozenset[TP]:
    """Tell the app's assignor that it has all partitions of these topics, and return them.

    Raises TopicError if one does not exist.
    """
    assignor = cast("PartitionAssignor", app.assignor)
    mine = assignor.assign(_Cluster(log), {_MEMBER: assignor.metadata(topics)})[_MEMBER]
    assignor.on_assignment(mine)
    return frozenset(TP(topic, number) for topic, numbers in mine.assignment for number in numbers)


class _Cluster:
    """What the assignor asks of Kafka's metadata."""

    def __init__(self, log: SqliteLog) -> None:
        self._log = log

    def partitions_for_topic(self, topic: str) -> set[int]:
        """Return the numbers of a topic's partitions."""
        return set(range(self._log.partition_count(topic)))
