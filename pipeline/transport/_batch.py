"""What a transport hands to an agent, and what an agent hands back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

BATCH_RECORDS: Final = 2_000
"""The most records of a batch, unless the URL says otherwise,"""
BATCH_BYTES: Final = 4 * 1024 * 1024
"""and the most bytes of its keys and values, unless its only record is larger."""
BATCHES_IN_FLIGHT: Final = 2
"""How many batches of a partition an agent may hold unacknowledged."""


class Record(NamedTuple):
    """One record of a partition, as it stands in the log."""

    offset: int
    timestamp: int
    """When it was appended, in milliseconds since 1970 (UTC)."""
    key: bytes | None
    value: bytes | None
    """None is a tombstone: the key holds nothing from here on."""
    headers: tuple[tuple[str, bytes], ...] = ()


class Output(NamedTuple):
    """One record that an agent wants to append."""

    topic: str
    key: bytes | None
    value: bytes | None
    partition: int | None = None
    """None leaves the choice to the transport: Kafka's default hash (murmur2) of the key."""
    headers: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The records of one poll of one partition, in the order of their offsets, at least one.

    It is acknowledged as a whole, in the transaction that holds what came of it, or not at all:
    then it is delivered again, perhaps cut differently.
    """

    topic: str
    partition: int
    records: Sequence[Record]
    generation: int
    """The assignment under which it was read; a transaction of an older one is refused."""

    @property
    def next_offset(self) -> int:
        """The offset to go on from once this batch is acknowledged."""
        return self.records[-1].offset + 1


class StaleBatchError(Exception):
    """The partition was taken away since the batch was read: drop what came of it.

    Whoever has the partition now goes on from what the log holds.
    """


def partition_number(agent: str, batches: Sequence[Batch]) -> int:
    """Return the number of the partitions that all these batches are of.

    Raises ValueError if there is no batch, or if the numbers differ: a partition may move to
    another worker by itself, so that only what is of one number can be committed together.
    """
    numbers = {batch.partition for batch in batches}
    if len(numbers) != 1:
        raise ValueError(
            f"{agent}: a commit takes batches of one partition number, not of "
            f"{sorted(numbers) or 'none'}: commit once for each number."
        )
    return numbers.pop()


class BatchProducer(Protocol):
    """The side of a transport that agents commit through (`app.producer` is one)."""

    async def commit_batches(
        self, agent: str, batches: Sequence[Batch], outputs: Sequence[Output]
    ) -> list[int]:
        """Append the outputs and acknowledge the batches in one transaction; wait until durable.

        Returns the offset that each output was given, in the order of `outputs`. All batches belong
        to `agent`, all are of the same partition number, and of one topic the earliest
        unacknowledged comes first; otherwise raises ValueError. Either everything holds afterwards,
        also after a kill -9, or nothing does. Raises StaleBatchError when a batch's partition has
        been revoked since: nothing was written then, or it was the last that the partition's next
        owner found in the log.
        """
        ...
