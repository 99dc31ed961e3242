"""Transactions of others, and of our own that fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types

from pipeline.transport import Output, StaleBatchError
from pipeline.transport.app import consumer_of, create_app, producer_of
from pipeline.transport.kafka import KafkaTopicError, TransactionError
from tests.contract._apps import copies, handing_over, numbered, started
from tests.kafka._kafka_broker import KafkaBroker


@pytest.fixture
async def broker(kafka: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[KafkaBroker]:
    """Return the shared broker, whose groups notice within a second that a member is dead."""
    monkeypatch.setenv("BROKER_SESSION_TIMEOUT", "1.0")
    monkeypatch.setenv("BROKER_HEARTBEAT_INTERVAL", "0.2")
    async with KafkaBroker.connected(kafka) as broker:
        yield broker


async def test_aborted_records(broker: KafkaBroker, kafka: str, prefix: str) -> None:
    """What was aborted is not delivered, and keeps nobody waiting."""
    topic = f"{prefix}in"
    await broker.create_topic(topic, partitions=2)
    async with AIOKafkaProducer(bootstrap_servers=kafka, transactional_id=prefix) as producer:
        await producer.begin_transaction()
        for partition in range(2):
            await producer.send_and_wait(topic, b"aborted", b"k", partition)
        await producer.abort_transaction()
    await broker.append(numbered(topic, [1], partition=1))
    app = create_app(f"{prefix}group", broker.url())
    batches = handing_over(app, topic)
    async with started(app):
        batch = await batches.get()
        assert [record.value for record in batch.records] == [b"1"]
        await producer_of(app).commit_batches("reader", [batch], [])
        await consumer_of(app).drained()
        assert consumer_of(app).lag() == {(topic, 0): 0, (topic, 1): 0}


async def test_an_open_transaction(broker: KafkaBroker, kafka: str, prefix: str) -> None:
    """Records of a transaction that is open keep an app from being drained until it ends."""
    topic = f"{prefix}in"
    await broker.create_topic(topic)
    app = create_app(f"{prefix}group", broker.url())
    batches = handing_over(app, topic)
    async with (
        started(app),
        AIOKafkaProducer(bootstrap_servers=kafka, transactional_id=prefix) as producer,
    ):
        await producer.begin_transaction()
        await producer.send_and_wait(topic, b"v", b"k", 0)
        drained = asyncio.create_task(consumer_of(app).drained())
        await producer.commit_transaction()
        batch = await batches.get()
        assert not drained.done()
        await producer_of(app).commit_batches("reader", [batch], [])
        await drained


async def test_fenced_without_a_rebalance(broker: KafkaBroker, prefix: str) -> None:
    """Who is fenced writes nothing; and if the partition stays its own, it stops."""
    topic, out = f"{prefix}in", f"{prefix}out"
    for name in (topic, out):
        await broker.create_topic(name)
    await broker.append(numbered(topic, range(3)))
    group = f"{prefix}group"
    app = create_app(group, broker.url())
    batches = handing_over(app, topic)
    with pytest.raises(TransactionError, match="Another producer has taken over"):  # noqa: PT012 - it comes at the end
        async with started(app):
            batch = await batches.get()
            await broker.after_kill(group, f"reader of {topic}", 1)
            with pytest.raises(StaleBatchError, match="has taken the partition over"):
                await producer_of(app).commit_batches("reader", [batch], copies(batch, out))
            await app.wait_until_stopped()
    assert await broker.read(out) == []
    assert await broker.position(group, topic) is None


async def test_a_record_that_no_broker_takes(broker: KafkaBroker, prefix: str) -> None:
    """A commit with a record that is too large writes nothing, and says what was wrong."""
    topic, out = f"{prefix}in", f"{prefix}out"
    for name in (topic, out):
        await broker.create_topic(name)
    await broker.append(numbered(topic, range(3)))
    group = f"{prefix}group"
    app = create_app(group, broker.url())
    batches = handing_over(app, topic)
    async with started(app):
        batch = await batches.get()
        outputs = [Output(out, b"k", b"v"), Output(out, b"k", bytes(2_000_000))]
        with pytest.raises(TransactionError, match="MessageSizeTooLarge"):
            await producer_of(app).commit_batches("reader", [batch], outputs)
    assert await broker.read(out) == []
    assert await broker.position(group, topic) is None


async def test_a_topic_that_does_not_exist(broker: KafkaBroker, prefix: str) -> None:
    """An agent whose topic was not created keeps the app from starting, with the topic's name."""
    app = create_app(f"{prefix}group", broker.url())
    handing_over(app, f"{prefix}missing")
    with pytest.raises(KafkaTopicError, match=f"no topic '{prefix}missing'"):
        async with started(app):
            pass


async def test_many_outputs(broker: KafkaBroker, prefix: str) -> None:
    """More outputs than go into one batch of the wire are appended in order, with their offsets."""
    topic, out = f"{prefix}in", f"{prefix}out"
    await broker.create_topic(topic)
    await broker.create_topic(out, partitions=2)
    await broker.append(numbered(topic, [0]))
    app = create_app(f"{prefix}group", broker.url())
    batches = handing_over(app, topic)
    outputs = [Output(out, b"%d" % n, bytes(1_000), n % 2) for n in range(3_000)]
    async with started(app):
        batch = await batches.get()
        offsets = await producer_of(app).commit_batches("reader", [batch], outputs)
    assert offsets == [n // 2 for n in range(3_000)]
    for number in range(2):
        keys = [record.key for record in await broker.read(out, number)]
        assert keys == [b"%d" % n for n in range(3_000) if n % 2 == number]
