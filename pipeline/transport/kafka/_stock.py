"""Records that were fetched and not handed out yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import accumulate

from faust.types import TP

from pipeline.transport._batch import Record
from pipeline.transport.kafka._settings import Settings
from pipeline.transport.kafka._thread import Fetched, Reach

_BATCHES = 2
"""Of how many batches there should be records of each partition."""


class Stock:
    """What is there of each partition, and how far that reaches."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._records: dict[TP, deque[Record]] = {}
        self.reaches: dict[TP, Reach] = {}

    def start(self, partitions: Iterable[TP]) -> None:
        """Begin with nothing."""
        for tp in partitions:
            self._records[tp] = deque()

    def drop(self, partitions: Iterable[TP]) -> None:
        """Forget these partitions."""
        for tp in partitions:
            self._records.pop(tp, None)
            self.reaches.pop(tp, None)

    def add(self, fetched: Fetched) -> None:
        """Take what has come, unless its partition was dropped meanwhile."""
        for tp, records in fetched.records.items():
            if tp in self._records:
                self._records[tp].extend(records)
        for tp, reach in fetched.reaches.items():
            if tp in self._records:
                self.reaches[tp] = reach

    def wanted(self, tp: TP) -> bool:
        """Tell whether more of a partition should be fetched.

        As long as aiokafka holds records of one partition that nobody wants, it fetches nothing for
        the others of the same broker; so more is wanted than is needed next.
        """
        records = self._records.get(tp)
        return records is not None and len(records) < _BATCHES * self._settings.batch_records

    def waiting(self) -> list[TP]:
        """Return the partitions of which there is something."""
        return [tp for tp, records in self._records.items() if records]

    def holds(self, tp: TP) -> bool:
        """Tell whether there is something of a partition."""
        return bool(self._records.get(tp))

    def is_read(self, tp: TP) -> bool:
        """Tell whether a partition has been read to its end, as far as is known."""
        reach = self.reaches.get(tp)
        return not self._records.get(tp) and reach is not None and reach.position >= reach.end

    def take_batch(self, tp: TP) -> list[Record]:
        """Take the next records, within the bounds of a batch; none if there are none."""
        waiting = self._records.get(tp)
        if not waiting:
            return []
        records = [
            waiting.popleft() for _ in range(min(len(waiting), self._settings.batch_records))
        ]
        sizes = [len(record.key or b"") + len(record.value or b"") for record in records]
        if sum(sizes) > self._settings.batch_bytes:
            within = sum(size <= self._settings.batch_bytes for size in accumulate(sizes))
            count = max(within, 1)
            waiting.extendleft(reversed(records[count:]))
            del records[count:]
        return records

    def take_one(self, tp: TP) -> Record | None:
        """Take the next record, if there is one."""
        waiting = self._records.get(tp)
        return waiting.popleft() if waiting else None
