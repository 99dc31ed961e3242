"""Which partition a key belongs to: the same on every transport."""

from __future__ import annotations

from functools import lru_cache

from aiokafka.partitioner import murmur2  # type: ignore[import-untyped]  # it ships no types

_POSITIVE = 0x7FFFFFFF


# The hash is pure Python and takes longer than writing the record; keys repeat a lot.
@lru_cache(maxsize=65_536)
def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition that Kafka's default partitioner gives this key.

    >>> partition_of(b"acme/instagram/4711", 4)
    0
    """
    positive: int = murmur2(key) & _POSITIVE
    return positive % partitions
