"""What an importer needs of a log, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from pipeline.transport import Record
from pipeline.transport.sqlite import Transaction


class Log(Protocol):
    """Topics of partitions of records, with notes beside them; every method may block."""

    def submit(self, transaction: Transaction, /) -> Future[list[int]]:
        """Queue a transaction; the future gives the offsets of its outputs once it is durable."""
        ...

    def position(self, group: str, topic: str, partition: int, /) -> int | None:
        """Return what a transaction has noted as this position last; None if none has."""
        ...

    def meta(self, name: str, /) -> bytes | None:
        """Return the note of this name; None if there is none."""
        ...

    def partition_count(self, topic: str, /) -> int:
        """Return how many partitions a topic has."""
        ...

    def start_offset(self, topic: str, partition: int, /) -> int:
        """Return the offset of the oldest record, or the end offset if there is none."""
        ...

    def end_offset(self, topic: str, partition: int, /) -> int:
        """Return the offset after the newest durable record."""
        ...

    def read(self, topic: str, partition: int, offset: int, /) -> Sequence[Record]:
        """Return the records from `offset` on, some of them at least; none if there are none."""
        ...
