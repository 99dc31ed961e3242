"""Topics made, written and read by plain clients."""

from __future__ import annotations

from collections.abc import Iterable

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)
from aiokafka.admin import (  # type: ignore[import-untyped]  # the same
    AIOKafkaAdminClient,
    NewTopic,
)


async def create_topic(bootstrap: str, topic: str, copies: int = 1) -> None:
    """Make a topic of one partition, with so many copies of it."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        await admin.create_topics([NewTopic(topic, 1, copies)])
    finally:
        await admin.close()


async def produce(bootstrap: str, topic: str, values: Iterable[bytes]) -> None:
    """Write records one after the other; return when every one is acknowledged by all in sync."""
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True) as producer:
        for value in values:
            await producer.send_and_wait(topic, value, partition=0)


async def stored(bootstrap: str, topic: str) -> list[bytes]:
    """Return all records of a topic, in order."""
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        partition = TopicPartition(topic, 0)
        consumer.assign([partition])
        await consumer.seek_to_beginning(partition)
        end = (await consumer.end_offsets([partition]))[partition]
        values: list[bytes] = []
        while len(values) < end:
            values.append((await consumer.getone()).value)
        return values
