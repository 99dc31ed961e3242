"""An app, or a reader, that is told to stop while something is amiss."""

from __future__ import annotations

import asyncio
from typing import Any

from aiokafka import AIOKafkaConsumer  # type: ignore[import-untyped]  # it ships no types

from pipeline.cluster._reader import reader
from pipeline.transport.app import create_app
from tests.contract._apps import DEADLINE_SECONDS, handing_over, started
from tests.kafka._records import create_topic, produce

_LONG = 10 * DEADLINE_SECONDS


async def test_it_stops_while_a_failed_fetch_waits(kafka: str, prefix: str) -> None:
    """It waits neither for the next try nor, for good, for a thread that has ended of it."""
    topic = f"{prefix}in"
    await create_topic(kafka, topic)
    await produce(kafka, topic, [b"one"])
    app: Any = create_app(f"{prefix}app", f"kafka://{kafka}")
    batches = handing_over(app, topic)

    async with started(app):
        await batches.get()
        thread = app.consumer._thread
        await thread.in_thread(_fail_a_fetch(thread._consumer))

    assert not thread._thread.is_alive()
    assert not any(conn.connected() for conn in thread._consumer._client._conns.values())


async def test_a_reader_stops_while_a_failed_fetch_waits(kafka: str, prefix: str) -> None:
    """It does not take the cancellation of that wait for its own."""
    topic = f"{prefix}in"
    await create_topic(kafka, topic)
    await produce(kafka, topic, [b"one"])

    async with asyncio.timeout(DEADLINE_SECONDS), reader(kafka) as reading:
        assert await reading.read(topic, 0, 0)
        await _fail_a_fetch(reading._consumer)

    assert not any(conn.connected() for conn in reading._consumer._client._conns.values())


async def test_a_rebalance_in_a_stop_breaks_nothing_off(kafka: str, prefix: str) -> None:
    """The thread of the consumer goes on until it is told to stop itself."""
    topic = f"{prefix}in"
    await create_topic(kafka, topic)
    app: Any = create_app(f"{prefix}app", f"kafka://{kafka}")
    batches = handing_over(app, topic)

    async with started(app):
        app._on_rebalance_when_stopped()
        await produce(kafka, topic, [b"one"])
        batch = await batches.get()

    assert [record.value for record in batch.records] == [b"one"]


async def _fail_a_fetch(consumer: AIOKafkaConsumer) -> None:
    """Break every connection, and return once a fetch waits to be tried again."""
    fetcher = consumer._fetcher
    fetcher._retry_backoff = _LONG
    while not any(map(_waits, fetcher._pending_tasks)):
        for connection in list(consumer._client._conns.values()):
            connection.close()
        await asyncio.sleep(0)


def _waits(fetch: asyncio.Task[Any]) -> bool:
    """Tell whether it has come to a pause, whose time is not over yet."""
    awaited = getattr(fetch.get_coro(), "cr_await", None)
    return getattr(awaited, "__name__", "") == asyncio.sleep.__name__
