"""Where outputs go, and as which batches of the wire they are sent."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types
from aiokafka.errors import (  # type: ignore[import-untyped]  # the same
    UnknownTopicOrPartitionError,
)

from pipeline.transport._batch import Output
from pipeline.transport._partitioner import partition_of
from pipeline.transport.kafka._errors import KafkaTopicError


@dataclass(slots=True)
class Chunk:
    """Outputs of one partition that are sent, and are given their offsets, together."""

    topic: str
    partition: int
    builder: Any
    """aiokafka's BatchBuilder."""
    indexes: list[int] = field(default_factory=list)
    """Which outputs these are."""


async def choose_partitions(producer: AIOKafkaProducer, outputs: Sequence[Output]) -> list[int]:
    """Return the partition of each output.

    Raises KafkaTopicError for a topic or partition that does not exist.
    """
    counts = {topic: await _partitions(producer, topic) for topic in {out.topic for out in outputs}}
    partitions = []
    for output in outputs:
        count, partition = counts[output.topic], output.partition
        if partition is None:
            partition = (
                random.randrange(count)  # noqa: S311 - it is to spread, not to be kept secret
                if output.key is None
                else partition_of(output.key, count)
            )
        if not 0 <= partition < count:
            raise KafkaTopicError(
                f"{output.topic} has {count} partitions, so there is no {output.topic}/{partition}."
            )
        partitions.append(partition)
    return partitions


async def _partitions(producer: AIOKafkaProducer, topic: str) -> int:
    known = producer.client.cluster.partitions_for_topic(topic)
    if known is None:
        try:
            known = await producer.partitions_for(topic)
        except UnknownTopicOrPartitionError:
            raise KafkaTopicError(
                f"There is no topic {topic!r}: `outreach topics create` creates those we need."
            ) from None
    return len(known)


def build_chunks(
    producer: AIOKafkaProducer, outputs: Sequence[Output], partitions: Sequence[int]
) -> list[Chunk]:
    """Return the outputs as batches of the wire, those of one partition in their order."""
    now = time.time_ns() // 1_000_000
    chunks: list[Chunk] = []
    filling: dict[tuple[str, int], Chunk] = {}
    for index, (output, partition) in enumerate(zip(outputs, partitions, strict=True)):
        topic, key, value, _, headers = output
        chunk = filling.get((topic, partition))
        if chunk is None or not _append(chunk, now, key, value, headers):
            chunk = Chunk(topic, partition, producer.create_batch())
            filling[topic, partition] = chunk
            chunks.append(chunk)
            _append(chunk, now, key, value, headers)
        chunk.indexes.append(index)
    return chunks


def _append(
    chunk: Chunk,
    now: int,
    key: bytes | None,
    value: bytes | None,
    headers: tuple[tuple[str, bytes], ...],
) -> bool:
    # The first record of a batch always fits; whether it is too large, the broker says.
    appended = chunk.builder.append(timestamp=now, key=key, value=value, headers=list(headers))
    return appended is not None
