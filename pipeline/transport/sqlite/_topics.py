"""Creating topics."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from pipeline.transport.sqlite._catalog import Catalog, Partition, TopicSpec, TopicState
from pipeline.transport.sqlite._errors import TopicError


def missing(topics: Iterable[TopicSpec], catalog: Catalog) -> list[TopicSpec]:
    """Return the topics that are not, or not with this cleanup, in the log.

    Raises TopicError for one whose number of partitions is another, or less than one.
    """
    wanted = []
    for topic in topics:
        if topic.partitions < 1:
            raise TopicError(f"Topic {topic.name!r} needs at least one partition.")
        state = catalog.topics.get(topic.name)
        if state is not None and state.spec.partitions != topic.partitions:
            raise TopicError(
                f"Topic {topic.name!r} has {state.spec.partitions} partitions and cannot get "
                f"{topic.partitions}: keys would move to other partitions. Use the number it has, "
                "or start a new log and import into it."
            )
        if state is None or state.spec != topic:
            wanted.append(topic)
    return wanted


class CreateTopics:
    """Adds topics, or changes the cleanup of those that exist."""

    def __init__(self, topics: Sequence[TopicSpec], catalog: Catalog) -> None:
        self.rows = sum(topic.partitions for topic in topics)
        self._topics = topics
        self._catalog = catalog
        self._created: list[TopicState] = []

    def apply(self, connection: sqlite3.Connection) -> None:
        """Write the topics and, of new ones, the partitions."""
        for topic in self._topics:
            connection.execute(
                "INSERT INTO topics VALUES(?, ?, ?)"
                " ON CONFLICT(name) DO UPDATE SET cleanup = excluded.cleanup",
                (topic.name, topic.partitions, topic.cleanup.value),
            )
            if topic.name not in self._catalog.topics:
                self._created.append(self._create(connection, topic))

    def publish(self) -> None:
        """Show them."""
        for state in self._created:
            self._catalog.topics[state.spec.name] = state
        for topic in self._topics:
            self._catalog.topics[topic.name].spec = topic

    def _create(self, connection: sqlite3.Connection, topic: TopicSpec) -> TopicState:
        partitions = []
        for number in range(topic.partitions):
            (identity,) = connection.execute(
                "INSERT INTO partitions(topic, number) VALUES(?, ?) RETURNING id",
                (topic.name, number),
            ).fetchone()
            partitions.append(Partition(identity, topic.name, number, 0, 0, 0))
        return TopicState(topic, partitions)
