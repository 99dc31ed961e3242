from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from agents import outreach_app
from pipeline.topics import CLEANUP, Cleanup, Topic
from pipeline.warehouse import Address
from pipeline.worker import GROUP, Context


@pytest.fixture
def read_topics(tmp_path: Path) -> Counter[str]:
    """Count how many agents of the app read each topic."""
    context = Context(
        partitions=4,
        state_directory=tmp_path / "state",
        warehouse=Address("127.0.0.1", 9000, "default", "secret"),
        insert_rows=1,
        insert_seconds=1.0,
    )
    app = outreach_app(f"sqlite:///{tmp_path / 'log.db'}", context)
    assert app.conf.id == GROUP
    return Counter(name for agent in app.agents.values() for name in agent.channel.topics)


def test_every_topic_that_is_written_is_read_once(read_topics: Counter[str]) -> None:
    """Nothing comes in that no agent reads, and no two agents acknowledge one topic."""
    unread = {Topic.SEND_DECISIONS}
    assert read_topics == Counter(str(topic) for topic in set(Topic) - unread)


def test_what_is_removed_once_it_is_read_has_a_reader(read_topics: Counter[str]) -> None:
    """A topic whose records go when its one reader has them, has one."""
    consumed = [topic for topic, cleanup in CLEANUP.items() if cleanup is Cleanup.CONSUMED]
    assert [read_topics[topic] for topic in consumed] == [1] * len(consumed)


def test_every_topic_says_what_may_be_removed() -> None:
    """No topic is left without a rule."""
    assert set(CLEANUP) == set(Topic)
