"""Remove what has been read from the topics that nobody reads twice."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from typing import Final

from aiokafka import TopicPartition  # type: ignore[import-untyped]  # it ships no types
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete  # type: ignore[import-untyped]  # the same
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # the same

from pipeline.topics import CLEANUP, Cleanup

EVERY_SECONDS = 300.0
"""How often a worker looks. Kafka Streams, which does the same, looks ten times as often."""

CONSUMED: Final = frozenset(
    topic.value for topic, cleanup in CLEANUP.items() if cleanup is Cleanup.CONSUMED
)
_NO_ANSWER = (KafkaError, TimeoutError, OSError)

_log = logging.getLogger(__name__)


@asynccontextmanager
async def removing(
    kafka: str,
    group: str,
    topics: Collection[str] = CONSUMED,
    every_seconds: float = EVERY_SECONDS,
) -> AsyncIterator[None]:
    """Remove from these topics what the group has acknowledged, while the block runs.

    Kafka by itself knows only age, and a reader that is away for longer would miss records.
    Several may do this at once. What cannot be removed now, since brokers are away, is removed
    later. Raises aiokafka's errors if none answers at the start.
    """
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka, client_id="outreach")
    try:
        await admin.start()
        removal = asyncio.create_task(_remove(Removal(admin, group, topics), every_seconds))
        try:
            yield
        finally:
            removal.cancel()
            with suppress(asyncio.CancelledError):
                await removal
    finally:
        await admin.close()


class Removal:
    """Removes what a group has acknowledged of some topics."""

    def __init__(self, admin: AIOKafkaAdminClient, group: str, topics: Collection[str]) -> None:
        self._admin = admin
        self._group = group
        self._topics = frozenset(topics)
        self._removed: dict[TopicPartition, int] = {}

    async def remove(self) -> None:
        """Remove what has been acknowledged since the last time; raises aiokafka's errors."""
        found = await self._admin.list_consumer_group_offsets(self._group)
        acknowledged = {
            partition: noted.offset
            for partition, noted in found.items()
            if partition.topic in self._topics and noted.offset > self._removed.get(partition, 0)
        }
        if acknowledged:
            await self._admin.delete_records(
                {partition: RecordsToDelete(offset) for partition, offset in acknowledged.items()}
            )
            self._removed |= acknowledged


async def _remove(removal: Removal, every_seconds: float) -> None:
    while True:
        try:
            await removal.remove()
        except _NO_ANSWER as error:
            _log.info("What agents have read is not removed yet: %r", error)
        await asyncio.sleep(every_seconds)
