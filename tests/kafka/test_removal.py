from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)
from aiokafka.admin import AIOKafkaAdminClient, NewTopic  # type: ignore[import-untyped]  # the same

from pipeline.cluster._removal import CONSUMED, Removal, removing
from pipeline.topics import Topic
from tests.kafka._kafka_broker import until


@pytest.fixture
async def topic(kafka: str, prefix: str) -> AsyncIterator[str]:
    """Return a topic of one partition with ten records, of which a group has read six."""
    name = f"{prefix}feed"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(name, 1, 1)])
    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        for number in range(10):
            await producer.send_and_wait(name, b"%d" % number, partition=0)
    await read_up_to(kafka, name, 6)
    yield name
    await admin.delete_topics([name])
    await admin.close()


async def read_up_to(kafka: str, topic: str, offset: int) -> None:
    """Acknowledge so much in the name of the group that has the topic's name."""
    async with AIOKafkaConsumer(
        bootstrap_servers=kafka, group_id=topic, enable_auto_commit=False
    ) as consumer:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        await consumer.commit({partition: offset})


async def start_of(kafka: str, topic: str) -> int:
    """Return the offset of the oldest record."""
    async with AIOKafkaConsumer(bootstrap_servers=kafka) as consumer:
        partition = TopicPartition(topic, 0)
        start: int = (await consumer.beginning_offsets([partition]))[partition]
        return start


async def test_what_is_acknowledged_is_removed_and_nothing_else(kafka: str, topic: str) -> None:
    """Again and again, as the group goes on."""
    async with removing(kafka, topic, [topic], every_seconds=0.05):
        await until(lambda: _starts_at(kafka, topic, 6))
        await read_up_to(kafka, topic, 9)
        await until(lambda: _starts_at(kafka, topic, 9))


async def _starts_at(kafka: str, topic: str, offset: int) -> bool:
    return await start_of(kafka, topic) == offset


async def test_another_topic_of_the_group_is_left_alone(kafka: str, topic: str) -> None:
    """What the group has read of events is the truth, and stays."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await Removal(admin, topic, ["something else"]).remove()
    await admin.close()
    assert await start_of(kafka, topic) == 0


def test_only_feeds_are_removed() -> None:
    """Those that one agent writes for another, and that are made anew by a rebuild."""
    feeds = {Topic.CREATOR_CONTACTS, Topic.CAMPAIGN_TOUCHES, Topic.WORKSPACE_ANSWERS}
    assert frozenset({Topic.RATE_CELLS, *feeds}) == CONSUMED
