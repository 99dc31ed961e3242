"""How much all workers of a cluster together have yet to do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # no types
from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]  # as above
from aiokafka.errors import (  # type: ignore[import-untyped]  # as above
    GroupCoordinatorNotAvailableError,
    GroupLoadInProgressError,
    KafkaError,
)

from pipeline.cluster._reader import Reader, reader

_LOOK_EVERY = 0.5
_PATIENCE_SECONDS = 60.0
_NO_ANSWER = (KafkaError, TimeoutError, OSError)

_log = logging.getLogger(__name__)


class Gap(NamedTuple):
    """What lies between what a group has acknowledged of a partition and the partition's end."""

    acknowledged: int
    end: int


@asynccontextmanager
async def watching(kafka: str, group: str, topics: Collection[str]) -> AsyncIterator[Backlog]:
    """Have the backlog of a group in these topics while the block runs.

    Raises aiokafka's errors, and TimeoutError when no broker looks after the group.
    """
    async with AsyncExitStack() as opened:
        admin = AIOKafkaAdminClient(bootstrap_servers=kafka, client_id="outreach")
        opened.push_async_callback(admin.close)
        await admin.start()
        consumer = AIOKafkaConsumer(bootstrap_servers=kafka, client_id="outreach")
        opened.push_async_callback(consumer.stop)
        await consumer.start()
        partitions = [
            TopicPartition(topic["topic"], partition["partition"])
            for topic in await admin.describe_topics()
            if topic["topic"] in topics
            for partition in topic["partitions"]
        ]
        await _find_coordinator(admin, group)
        reads = await opened.enter_async_context(reader(kafka))
        yield Backlog(group, partitions, admin, consumer, reads)


async def _find_coordinator(admin: AIOKafkaAdminClient, group: str) -> None:
    """Wait until a broker looks after the group: the first group of all has to wait for that."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            with suppress(GroupCoordinatorNotAvailableError, GroupLoadInProgressError):
                await admin.find_coordinator(group)
                return
            await asyncio.sleep(_LOOK_EVERY)


class Backlog:
    """What a group has yet to acknowledge, whichever of its members does it."""

    def __init__(
        self,
        group: str,
        partitions: Collection[TopicPartition],
        admin: AIOKafkaAdminClient,
        consumer: AIOKafkaConsumer,
        reads: Reader,
    ) -> None:
        self._group = group
        self._partitions = partitions
        self._admin = admin
        self._consumer = consumer
        self._reader = reads
        self._empty: dict[TopicPartition, Gap] = {}
        """Gaps in which there is no record and never will be."""

    async def size(self) -> int | None:
        """Return how many offsets are left: records, and marks of transactions.

        None while the brokers do not answer.
        """
        try:
            gaps = await self._gaps()
        except _NO_ANSWER:
            return None
        return sum(
            gap.end - gap.acknowledged for tp, gap in gaps.items() if self._empty.get(tp) != gap
        )

    async def drained(self) -> None:
        """Wait until all that the topics hold is acknowledged, also what agents write on the way.

        What is acknowledged was read before the ends of the partitions. So at the moment between
        the two nothing was left anywhere, and nothing was under way: what comes of a record is in
        its topic before the record counts as acknowledged. Outlasts brokers that do not answer.
        """
        before: Mapping[TopicPartition, Gap] | None = None
        while True:
            try:
                gaps = await self._gaps()
                # While something moves, there is no need to look into what is left.
                if gaps == before and await self._hold_nothing(gaps):
                    return
                before = gaps
            except _NO_ANSWER as error:
                _log.warning("Kafka does not say how far the workers are: %s", error)
            await asyncio.sleep(_LOOK_EVERY)

    async def _gaps(self) -> dict[TopicPartition, Gap]:
        found = await self._admin.list_consumer_group_offsets(self._group)
        starts = await self._consumer.beginning_offsets(self._partitions)
        # Records of open transactions lie before these ends, too: they are of no use to anybody
        # yet, but will be.
        ends = await self._consumer.end_offsets(self._partitions)
        gaps = {}
        for partition in self._partitions:
            noted = found.get(partition)
            acknowledged = max(starts[partition], noted.offset if noted else 0)
            if acknowledged < ends[partition]:
                gaps[partition] = Gap(acknowledged, ends[partition])
        return gaps

    async def _hold_nothing(self, gaps: Mapping[TopicPartition, Gap]) -> bool:
        unknown = {tp: gap for tp, gap in gaps.items() if self._empty.get(tp) != gap}
        if not await self._reader.find_none(
            {tp: (gap.acknowledged, gap.end) for tp, gap in unknown.items()}
        ):
            return False
        self._empty.update(unknown)
        return True
