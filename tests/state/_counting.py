"""A worker that counts, to show how a table behaves under Faust."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import msgspec

from pipeline.state import Cache, Kind
from pipeline.state.table import state_table
from pipeline.topics import Cleanup
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of, running
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction

PARTITIONS = 2
LIMIT_SECONDS = 30


class Count(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How often a key came."""

    times: int


COUNT = Kind("c", Count)


class Worker:
    """Counts the keys of the topic `events`; the value `forget` deletes the count of its key."""

    def __init__(self, directory: Path) -> None:
        self.cache = Cache()
        self.turn = asyncio.Lock()
        """Is had by whoever works on a batch: from before its commit until the state is there."""
        self.app = create_app(
            "state-test",
            f"sqlite:///{directory / 'log.db'}",
            topic_partitions=PARTITIONS,
            stream_recovery_delay=0,
        )
        self.table = state_table(self.app, "counts", directory / "state", self.cache)
        self.app.agent(batch_topic(self.app, "events"), name="counter")(cast("Any", self.count))

    async def count(self, batches: AsyncIterator[Batch]) -> None:
        """Handle batches the way an agent does."""
        async for batch in batches:
            async with self.turn:
                await self._count(batch)

    async def _count(self, batch: Batch) -> None:
        changes = self.table.changes(batch.partition)
        for record in batch.records:
            assert record.key is not None
            key = record.key.decode()
            before = changes.get(COUNT, key) or Count(0)
            if record.value == b"forget":
                changes.delete(COUNT, key)
            else:
                changes.put(COUNT, key, Count(before.times + 1))
        outputs = changes.outputs(self.table.changelog_topic_name, batch.partition)
        offsets = await producer_of(self.app).commit_batches("counter", [batch], outputs)
        changes.applied(offsets[-1] if offsets else None)

    def counts(self) -> dict[str, int]:
        """Return every count of every partition, as it is stored."""
        return {
            key: count.times
            for partition in range(PARTITIONS)
            for key, count in self.table.changes(partition).scan(COUNT)
        }


@asynccontextmanager
async def at_work(directory: Path) -> AsyncIterator[Worker]:
    """Run a worker, which has recovered and handled all events by the time it is handed out."""
    worker = Worker(directory)
    async with running(worker.app):
        async with asyncio.timeout(LIMIT_SECONDS):
            await consumer_of(worker.app).drained()
            async with worker.turn:
                pass
        yield worker


async def send(directory: Path, *keys: str, value: bytes = b"") -> None:
    """Append an event for each key."""
    with SqliteLog.open(directory / "log.db") as log:
        log.create_topics([TopicSpec("events", PARTITIONS, Cleanup.KEEP)])
        await log.write(
            Transaction(outputs=[Output("events", key.encode(), value) for key in keys])
        )


async def counted(directory: Path) -> dict[str, int]:
    """Run a worker until it is done and stop it; return its counts."""
    async with at_work(directory) as worker:
        return worker.counts()
