"""What has been handed to agents and not been acknowledged yet."""

from __future__ import annotations

from bisect import insort
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar, NamedTuple

from faust.types import TP

from pipeline.transport._batch import Batch, StaleBatchError


class _Out(NamedTuple):
    """What is known of a batch that is out."""

    records: int
    appended: int
    """When the first of them was, in milliseconds since 1970 (UTC)."""


@dataclass(slots=True)
class _Partition:
    position: int
    generation: int
    handed_out: deque[int] = field(default_factory=deque)
    """The next offsets of the batches an agent has, in order,"""
    being_written: deque[int] = field(default_factory=deque)
    """and of those that are acknowledged and not durable yet."""
    out: dict[int, _Out] = field(default_factory=dict)
    """All these batches, the oldest first."""
    acknowledged: int = 0
    """Everything before this offset is acknowledged and durable."""


class InFlight:
    """Where reading stands in each assigned partition, and which batches are out.

    A partition gets a new generation whenever its reading starts anew; what was handed out under an
    earlier one can no longer be acknowledged. No two apps of a process share a generation.
    """

    _generations: ClassVar[count[int]] = count(1)

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._partitions: dict[TP, _Partition] = {}

    def start(self, positions: Mapping[TP, int]) -> None:
        """Read these partitions from these offsets, and forget what was out."""
        generation = next(self._generations)
        for tp, position in positions.items():
            self._partitions[tp] = _Partition(position, generation, acknowledged=position)

    def drop(self, partitions: Iterable[TP]) -> None:
        """Forget these partitions."""
        for tp in partitions:
            self._partitions.pop(tp, None)

    def position(self, tp: TP) -> int | None:
        """Return the offset to read next; None for a partition that is not assigned."""
        partition = self._partitions.get(tp)
        return None if partition is None else partition.position

    def generation(self, tp: TP) -> int | None:
        """Return the generation; None for a partition that is not assigned."""
        partition = self._partitions.get(tp)
        return None if partition is None else partition.generation

    def move(self, tp: TP, position: int) -> None:
        """Go on from here."""
        self._partitions[tp].position = position

    def has_room(self, tp: TP) -> bool:
        """Tell whether one more batch of this partition may be handed out."""
        partition = self._partitions[tp]
        return len(partition.handed_out) + len(partition.being_written) < self._limit

    def hand_out(self, batch: Batch) -> None:
        """Note that an agent has this batch."""
        partition = self._partitions[TP(batch.topic, batch.partition)]
        partition.handed_out.append(batch.next_offset)
        partition.out[batch.next_offset] = _Out(len(batch.records), batch.records[0].timestamp)
        partition.position = batch.next_offset

    def check(self, agent: str, batches: Sequence[Batch]) -> None:
        """Make sure that these may be acknowledged now.

        Raises StaleBatchError if one is of an earlier generation or acknowledged already, and
        ValueError if an earlier batch of its partition is still out.
        """
        expected: dict[TP, deque[int]] = {}
        for batch in batches:
            tp = TP(batch.topic, batch.partition)
            where = f"{agent}: the batch of {tp.topic}/{tp.partition} up to {batch.next_offset}"
            partition = self._partitions.get(tp)
            if partition is None or partition.generation != batch.generation:
                raise StaleBatchError(f"{where} was taken away and will be delivered again.")
            out = expected.setdefault(tp, deque(partition.handed_out))
            if batch.next_offset not in out:
                raise StaleBatchError(f"{where} has been acknowledged before.")
            if out.popleft() != batch.next_offset:
                raise ValueError(f"{where} must wait for the earlier batch of its partition.")

    def acknowledge(self, batches: Iterable[Batch]) -> None:
        """Note that these, which `check` has passed, are on their way to the disk."""
        for batch in batches:
            partition = self._partitions[TP(batch.topic, batch.partition)]
            partition.being_written.append(partition.handed_out.popleft())

    def settle(self, batches: Iterable[Batch]) -> None:
        """Note that these have reached the disk."""
        for _, partition in self._writing(batches):
            partition.acknowledged = partition.being_written.popleft()
            partition.out.pop(partition.acknowledged, None)

    def check_turn(self, agent: str, batches: Iterable[Batch]) -> None:
        """Raise ValueError if a batch ahead of these has been given back meanwhile."""
        for batch, partition in self._writing(batches):
            if partition.handed_out and partition.handed_out[0] < batch.next_offset:
                raise ValueError(
                    f"{agent}: the batch of {batch.topic}/{batch.partition} up to "
                    f"{batch.next_offset} must wait for the one ahead of it, which was refused."
                )

    def give_back(self, batches: Iterable[Batch]) -> None:
        """Note that these were refused before anything of them was written: agents have them."""
        for batch, partition in self._writing(batches):
            partition.being_written.remove(batch.next_offset)
            insort(partition.handed_out, batch.next_offset)

    def acknowledged(self, tp: TP) -> int | None:
        """Return the offset up to which all is durable; None for a partition not assigned."""
        partition = self._partitions.get(tp)
        return None if partition is None else partition.acknowledged

    def outstanding(self, tp: TP) -> bool:
        """Tell whether something of a partition has been handed out and is not durable yet."""
        partition = self._partitions.get(tp)
        return partition is not None and bool(partition.handed_out or partition.being_written)

    def records_out(self, tp: TP) -> int:
        """Return how many records of a partition are handed out and not durable yet."""
        partition = self._partitions.get(tp)
        return 0 if partition is None else sum(out.records for out in partition.out.values())

    def oldest(self, tp: TP) -> int | None:
        """Return when the first of those was appended, in milliseconds (UTC); None without one."""
        partition = self._partitions.get(tp)
        first = None if partition is None else next(iter(partition.out.values()), None)
        return None if first is None else first.appended

    def _writing(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, _Partition]]:
        for batch in batches:
            partition = self._partitions.get(TP(batch.topic, batch.partition))
            if partition is not None and partition.generation == batch.generation:
                yield batch, partition
