"""The topics of an embedded system."""

from __future__ import annotations

from pipeline.topics import CLEANUP
from pipeline.transport.sqlite import SqliteLog, TopicSpec

PARTITIONS = 4
"""One process reads them all; they only bound how much state is opened at a time."""


def create_topics(log: SqliteLog) -> None:
    """Create every topic that is not there yet; blocks until durable."""
    log.create_topics(TopicSpec(topic, PARTITIONS, cleanup) for topic, cleanup in CLEANUP.items())
