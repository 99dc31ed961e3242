"""Write to a cluster in transactions, one after the other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types
from aiokafka.errors import IllegalOperation  # type: ignore[import-untyped]  # as above
from aiokafka.structs import RecordMetadata  # type: ignore[import-untyped]  # as above

from pipeline.cluster._plan import LARGEST_RECORD
from pipeline.transport import Output
from pipeline.transport._partitioner import partition_of

_TRANSACTION_MILLISECONDS = 20_000
"""For how long readers wait for a writer that has died in the middle."""
_BATCH_BYTES = 256 * 1024


@asynccontextmanager
async def writer(kafka: str, writer_id: str) -> AsyncIterator[Writer]:
    """Have a writer while the block runs, and no other of this id, on any machine.

    What the one before has begun is undone by now, or done. Raises aiokafka's errors.
    """
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka,
        client_id="outreach",
        transactional_id=writer_id,
        transaction_timeout_ms=_TRANSACTION_MILLISECONDS,
        max_request_size=LARGEST_RECORD,
        max_batch_size=_BATCH_BYTES,
    )
    try:
        await producer.start()
        yield Writer(producer)
    finally:
        await producer.stop()


class Writer:
    """Writes transactions. Raises aiokafka's errors: ProducerFenced where another took over."""

    def __init__(self, producer: AIOKafkaProducer) -> None:
        self._producer = producer
        self._partitions: dict[str, int] = {}

    async def partition_count(self, topic: str) -> int:
        """Return how many partitions a topic has."""
        if topic not in self._partitions:
            self._partitions[topic] = len(await self._producer.partitions_for(topic))
        return self._partitions[topic]

    async def write(self, outputs: Sequence[Output]) -> list[int]:
        """Append all of these or none; return the offset of each once all brokers have them."""
        async with self._producer.transaction():
            sent = []
            refusal = None
            try:
                for output in outputs:
                    sent.append(await self._send(output))  # noqa: PERF401 - they count if it fails
            except IllegalOperation as error:
                # The transaction has failed meanwhile; what is on its way knows of what.
                refusal = error
            offsets = [metadata.offset for metadata in await asyncio.gather(*sent)]
            if refusal is not None:
                raise refusal
            return offsets

    async def _send(self, output: Output) -> asyncio.Future[RecordMetadata]:
        topic, key, value, partition, headers = output
        if partition is None and key is not None:
            partition = partition_of(key, await self.partition_count(topic))
        sent: asyncio.Future[RecordMetadata] = await self._producer.send(
            topic, key=key, value=value, partition=partition, headers=list(headers)
        )
        return sent
