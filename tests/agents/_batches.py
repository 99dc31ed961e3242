"""Batches as a transport hands them out."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.transport import Batch, Record


def batch(
    partition: int = 0,
    offset: int = 0,
    values: Sequence[bytes | None] = (b"",),
    topic: str = "in",
    generation: int = 1,
) -> Batch:
    """Return a batch whose records begin at an offset."""
    records = [
        Record(offset + number, 1_000 + number, b"key", value)
        for number, value in enumerate(values)
    ]
    return Batch(topic, partition, records, generation)
