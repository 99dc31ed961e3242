"""What the broker that tests share can do."""

from __future__ import annotations

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)

from tests.kafka._records import create_topic, produce, stored


async def test_it_stores_records(kafka: str, prefix: str) -> None:
    """What is produced is read, in order."""
    topic = f"{prefix}records"
    await create_topic(kafka, topic)

    await produce(kafka, topic, [b"one", b"two"])

    assert await stored(kafka, topic) == [b"one", b"two"]


async def test_topics_are_not_made_by_accident(kafka: str, prefix: str) -> None:
    """A topic that nobody made is not there when someone has asked for it."""
    topic = f"{prefix}nothing"

    async with AIOKafkaProducer(bootstrap_servers=kafka) as producer:
        await producer.client.add_topic(topic)

    async with AIOKafkaConsumer(bootstrap_servers=kafka) as consumer:
        assert topic not in await consumer.topics()


async def test_it_commits_transactions_of_records_and_offsets(kafka: str, prefix: str) -> None:
    """One broker holds the topics that groups and transactions need."""
    topic, group = f"{prefix}records", f"{prefix}group"
    await create_topic(kafka, topic)
    partition = TopicPartition(topic, 0)

    async with (
        AIOKafkaProducer(bootstrap_servers=kafka, transactional_id=f"{prefix}id") as producer,
        producer.transaction(),
    ):
        await producer.send_and_wait(topic, b"one", partition=0)
        await producer.send_offsets_to_transaction({partition: 7}, group)

    async with AIOKafkaConsumer(
        bootstrap_servers=kafka, group_id=group, isolation_level="read_committed"
    ) as consumer:
        consumer.assign([partition])
        offset = None
        while offset is None:  # it is committed before its markers have reached every partition
            offset = await consumer.committed(partition)
        assert offset == 7


async def test_members_of_a_group_may_be_declared_dead_after_a_second(
    kafka: str, prefix: str
) -> None:
    """The shortest session that a test may want is allowed, and a lone member need not wait."""
    topic = f"{prefix}records"
    await create_topic(kafka, topic)
    await produce(kafka, topic, [b"one"])

    async with AIOKafkaConsumer(
        topic,
        bootstrap_servers=kafka,
        group_id=f"{prefix}group",
        session_timeout_ms=1000,
        heartbeat_interval_ms=300,
        auto_offset_reset="earliest",
    ) as consumer:
        assert (await consumer.getone()).value == b"one"
