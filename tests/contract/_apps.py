"""Apps for the contract's tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from faust import App
from faust.types import StreamT

from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, producer_of, running

DEADLINE_SECONDS = 60
"""After this a test is stuck; nothing is expected to take anywhere near as long."""


@asynccontextmanager
async def started(app: App) -> AsyncIterator[None]:
    """Run an app, and give up on a test that is stuck."""
    async with asyncio.timeout(DEADLINE_SECONDS), running(app):
        yield


def handing_over(app: App, *topics: str) -> asyncio.Queue[Batch]:
    """Add an agent that acknowledges nothing: it puts every batch it gets into the queue."""
    batches: asyncio.Queue[Batch] = asyncio.Queue()

    async def hand_over(batch: Batch) -> None:
        await batches.put(batch)

    add_agent(app, *topics, process=hand_over)
    return batches


def copying(app: App, source: str, target: str) -> None:
    """Add an agent that writes each record's key and value to the same partition of `target`."""

    async def copy(batch: Batch) -> None:
        await producer_of(app).commit_batches(source, [batch], copies(batch, target))

    add_agent(app, source, process=copy)


def add_agent(app: App, *topics: str, process: Callable[[Batch], Awaitable[None]]) -> None:
    """Add an agent that reads these topics and does `process` with each batch."""

    async def agent(stream: StreamT[Batch]) -> None:
        async for batch in stream:
            await process(batch)

    app.agent(batch_topic(app, *topics), name=f"reader of {' and '.join(topics)}")(agent)


def copies(batch: Batch, target: str) -> list[Output]:
    """Return an output for each record, to the partition of the same number."""
    return [
        Output(target, record.key, record.value, batch.partition, record.headers)
        for record in batch.records
    ]


def numbered(topic: str, numbers: Sequence[int], partition: int | None = 0) -> list[Output]:
    """Return outputs whose values are these numbers, and whose keys are k0 to k9."""
    return [Output(topic, b"k%d" % (number % 10), b"%d" % number, partition) for number in numbers]
