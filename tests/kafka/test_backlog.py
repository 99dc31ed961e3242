from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # no types

from pipeline.cluster._backlog import watching
from pipeline.cluster._reader import reader
from pipeline.cluster._writer import Writer, writer
from pipeline.topics import Topic
from pipeline.transport import Output
from tests.kafka._clusters import with_topics

PLACE = TopicPartition(Topic.ALERTS.value, 1)
OUTPUT = Output(Topic.ALERTS, b"key", b"value", 1)


@pytest.fixture
async def broker(kafka: str) -> AsyncIterator[str]:
    """Return a broker with the topics of a cluster, all of them empty."""
    async with with_topics(kafka):
        yield kafka


async def acknowledge(kafka: str, group: str, offset: int) -> None:
    """Note that a group goes on from this offset."""
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, group_id=group, enable_auto_commit=False)
    await consumer.start()
    try:
        consumer.assign([PLACE])
        await consumer.commit({PLACE: offset})
    finally:
        await consumer.stop()


async def abort(writes: Writer) -> None:
    """Append a record in a transaction that is undone."""
    producer = writes._producer
    await producer.begin_transaction()
    await producer.send_and_wait(OUTPUT.topic, OUTPUT.value, OUTPUT.key, OUTPUT.partition)
    await producer.abort_transaction()


async def test_empty_topics_are_drained(broker: str) -> None:
    """There is nothing to wait for, also for a group that nobody has heard of."""
    async with watching(broker, "nobody", list(Topic)) as backlog:
        assert await backlog.size() == 0
        await backlog.drained()


async def test_marks_of_transactions_keep_nobody_waiting(broker: str, prefix: str) -> None:
    """After the last record stands the mark of its transaction, and what was undone."""
    async with writer(broker, f"{prefix}writer") as writes:
        await writes.write([OUTPUT, OUTPUT])
        await abort(writes)
    async with watching(broker, f"{prefix}group", [Topic.ALERTS]) as backlog:
        assert await backlog.size() == 5
        await acknowledge(broker, f"{prefix}group", 2)
        assert await backlog.size() == 3
        await backlog.drained()
        assert await backlog.size() == 0


async def test_a_record_is_found(broker: str, prefix: str) -> None:
    """Only beyond it there is nothing."""
    async with writer(broker, f"{prefix}writer") as writes, reader(broker) as reads:
        await writes.write([OUTPUT, OUTPUT])
        assert not await reads.find_none({PLACE: (0, 3)})
        assert not await reads.find_none({PLACE: (1, 3)})
        assert await reads.find_none({PLACE: (2, 3)})
        assert await reads.find_none({})


async def test_what_was_undone_is_no_record(broker: str, prefix: str) -> None:
    """It has offsets, and that is all."""
    async with writer(broker, f"{prefix}writer") as writes, reader(broker) as reads:
        await abort(writes)
        assert await reads.find_none({PLACE: (0, 2)})


async def test_a_transaction_that_is_open_may_bring_records(broker: str, prefix: str) -> None:
    """Nobody knows yet whether they count."""
    async with writer(broker, f"{prefix}writer") as writes, reader(broker) as reads:
        async with writes._producer.transaction():
            await writes._producer.send_and_wait(
                OUTPUT.topic, OUTPUT.value, OUTPUT.key, OUTPUT.partition
            )
            assert not await reads.find_none({PLACE: (0, 1)})
        assert not await reads.find_none({PLACE: (0, 2)})
