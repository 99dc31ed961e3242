"""Which partition a derived record goes to."""

from __future__ import annotations

from zlib import crc32


def partition_of(key: bytes, partitions: int) -> int:
    """Return the partition of a key in a feed between two folds.

    Only we write feeds, so the hash need not be Kafka's murmur2, which takes 30 times as long in
    Python.

    >>> partition_of(b'["default","instagram","ana"]', 4)
    2
    """
    return crc32(key) % partitions
