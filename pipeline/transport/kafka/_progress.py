"""How far the agents of this worker are, and how far there is to go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from faust.types import TP

from pipeline.transport._announcements import Announcements
from pipeline.transport._in_flight import InFlight
from pipeline.transport.kafka._stock import Stock


class Progress:
    """Knows the ends of partitions, and what is left before them.

    Where a partition has been read to its end, what stands there after the last record (markers,
    and what was aborted) keeps nobody waiting.
    """

    def __init__(self, in_flight: InFlight) -> None:
        self.changes = Announcements()
        self._in_flight = in_flight
        self._ends: dict[TP, int] = {}

    def appended(self, ends: Mapping[TP, int]) -> None:
        """Note that partitions go at least up to these offsets."""
        for tp, end in ends.items():
            self._ends[tp] = max(end, self._ends.get(tp, 0))
        self.changes.announce()

    def end(self, tp: TP) -> int:
        """Return the offset up to which a partition goes at least."""
        return self._ends.get(tp, 0)

    def lag(self, stock: Stock, partitions: Iterable[TP]) -> dict[TP, int]:
        """Return how many offsets are left, by partition."""
        return {
            tp: self._left(stock, tp, acknowledged)
            for tp in partitions
            if (acknowledged := self._in_flight.acknowledged(tp)) is not None
        }

    def _left(self, stock: Stock, tp: TP, acknowledged: int) -> int:
        reach = stock.reaches.get(tp)
        end = max(self.end(tp), reach.end if reach is not None else 0)
        if not stock.is_read(tp) or reach is None or reach.position < end:
            return max(end - acknowledged, 0)
        if not self._in_flight.outstanding(tp):
            return 0
        handed_out = self._in_flight.position(tp) or 0
        return max(handed_out - acknowledged, 0)
