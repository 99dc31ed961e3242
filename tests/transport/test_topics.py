from __future__ import annotations

import pytest

from pipeline.topics import Cleanup
from pipeline.transport import Output
from pipeline.transport.sqlite import SqliteLog, TopicError, TopicSpec, Transaction
from tests.transport._logs import append, create, pairs


def test_another_number_of_partitions(log: SqliteLog) -> None:
    """A topic cannot get another number of partitions; nothing else of the list is created."""
    create(log, "in", partitions=2)
    with pytest.raises(TopicError, match="'in' has 2 partitions and cannot get 3"):
        log.create_topics([TopicSpec("new", 1), TopicSpec("in", 3)])
    assert set(log.topics) == {"in"}


def test_creating_twice(log: SqliteLog) -> None:
    """Creating a topic that exists keeps its records and takes over the cleanup."""
    create(log, "in")
    append(log, "in", [(b"a", b"1")])
    create(log, "in", cleanup=Cleanup.CONSUMED)
    assert log.topics["in"].cleanup is Cleanup.CONSUMED
    assert pairs(log, "in") == [(b"a", b"1")]


@pytest.mark.parametrize("partitions", [0, -1])
def test_too_few_partitions(log: SqliteLog, partitions: int) -> None:
    """A topic has at least one partition."""
    with pytest.raises(TopicError, match="at least one"):
        create(log, "in", partitions)


def test_unknown_topics_and_partitions(log: SqliteLog) -> None:
    """Reading or writing what does not exist says what is missing."""
    create(log, "in", partitions=2)
    with pytest.raises(TopicError, match="no topic 'out'"):
        append(log, "out", [(b"a", b"1")])
    with pytest.raises(TopicError, match="0 to 1, and no 2"):
        log.read("in", 2, 0)
    with pytest.raises(TopicError, match="0 to 1, and no -1"):
        log.submit(Transaction(outputs=[Output("in", b"a", b"1", -1)]))
