"""Records as any client may send them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)

from pipeline.transport import Output

_LARGEST_REQUEST = 32 * 1024 * 1024
_AT_ONCE = 200


async def send(kafka: str, outputs: Sequence[Output], compression: str | None = None) -> list[int]:
    """Send records, and return the offset that each was given; a partition must be named."""
    offsets: list[int] = []
    async with AIOKafkaProducer(
        bootstrap_servers=kafka,
        enable_idempotence=True,
        max_request_size=_LARGEST_REQUEST,
        compression_type=compression,
    ) as producer:
        for start in range(0, len(outputs), _AT_ONCE):
            sent = [
                await producer.send(
                    output.topic,
                    output.value,
                    output.key,
                    output.partition,
                    headers=list(output.headers),
                )
                for output in outputs[start : start + _AT_ONCE]
            ]
            offsets += [(await appended).offset for appended in sent]
    return offsets


async def values_of(kafka: str, topic: str, partition: int) -> AsyncIterator[tuple[int, bytes]]:
    """Yield offset and value of all records of a partition that were committed."""
    async with AIOKafkaConsumer(
        bootstrap_servers=kafka,
        isolation_level="read_committed",
        max_partition_fetch_bytes=_LARGEST_REQUEST,
    ) as consumer:
        place = TopicPartition(topic, partition)
        consumer.assign([place])
        await consumer.seek_to_beginning(place)
        end = (await consumer.end_offsets([place]))[place]
        while await consumer.position(place) < end:
            for record in (await consumer.getmany(place, timeout_ms=200)).get(place, ()):
                yield record.offset, record.value
