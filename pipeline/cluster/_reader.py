"""Read records of a cluster that are there for good."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # no types

from pipeline.transport import Record
from pipeline.transport.kafka import disconnect

_PAGE = 2_000
_WAIT_MILLISECONDS = 50
"""How long a fetch waits for more than there is: only at the very end, for there is more before."""


@asynccontextmanager
async def reader(kafka: str) -> AsyncIterator[Reader]:
    """Have a reader of no group while the block runs. Raises aiokafka's errors."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka,
        client_id="outreach",
        group_id=None,
        enable_auto_commit=False,
        isolation_level="read_committed",
        fetch_max_wait_ms=_WAIT_MILLISECONDS,
    )
    await consumer.start()
    try:
        yield Reader(consumer)
    finally:
        await disconnect(consumer)


class Reader:
    """Sees what is committed, and nothing after the first transaction that is still open.

    For one task at a time.
    """

    def __init__(self, consumer: AIOKafkaConsumer) -> None:
        self._consumer = consumer

    async def start_offset(self, topic: str, number: int) -> int:
        """Return the offset of the oldest record, or the end offset if there is none."""
        partition = TopicPartition(topic, number)
        return int((await self._consumer.beginning_offsets([partition]))[partition])

    async def end_offset(self, topic: str, number: int) -> int:
        """Return the offset after the newest record that can be seen."""
        partition = TopicPartition(topic, number)
        return int((await self._consumer.end_offsets([partition]))[partition])

    async def read(self, topic: str, number: int, offset: int) -> list[Record]:
        """Return the records from `offset` on, some of them at least.

        None if there are none before the end that the partition has at this moment: the marks at
        the ends of transactions, which have offsets too, are no records.
        """
        partition = TopicPartition(topic, number)
        end = await self.end_offset(topic, number)
        if self._consumer.assignment() != {partition}:
            self._consumer.assign([partition])
        self._consumer.seek(partition, offset)
        while await self._consumer.position(partition) < end:
            fetched = await self._consumer.getmany(
                partition, timeout_ms=_WAIT_MILLISECONDS, max_records=_PAGE
            )
            records = fetched.get(partition)
            if records:
                return [
                    Record(each.offset, each.timestamp, each.key, each.value, tuple(each.headers))
                    for each in records
                ]
        return []

    async def find_none(self, spans: Mapping[TopicPartition, tuple[int, int]]) -> bool:
        """Tell whether no span, from an offset to before another, has a record or will have one.

        It may yet have one where a transaction is still open.
        """
        if not spans:
            return True
        ends = await self._consumer.end_offsets(list(spans))
        if any(ends[partition] < end for partition, (_, end) in spans.items()):
            return False
        self._consumer.assign(list(spans))
        for partition, (start, _) in spans.items():
            self._consumer.seek(partition, start)
        left = set(spans)
        while left:
            found = await self._consumer.getmany(
                *left, timeout_ms=_WAIT_MILLISECONDS, max_records=1
            )
            for partition, records in found.items():
                if any(record.offset < spans[partition][1] for record in records):
                    return False
            for partition in list(left):
                if await self._consumer.position(partition) >= spans[partition][1]:
                    left.remove(partition)
        return True
