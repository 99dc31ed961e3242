"""How far the agents of this worker are, for whoever watches over them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from aiokafka.errors import KafkaError  # type: ignore[import-untyped]  # it ships no types
from faust.types import TP

from pipeline.transport._in_flight import InFlight
from pipeline.transport._standing import Standing
from pipeline.transport.kafka._ends import Ends
from pipeline.transport.kafka._progress import Progress
from pipeline.transport.kafka._stock import Stock


class Standings:
    """Knows what can be read from the brokers themselves, also where nothing arrives any more."""

    def __init__(self, in_flight: InFlight, progress: Progress, stock: Stock) -> None:
        self._in_flight = in_flight
        self._progress = progress
        self._stock = stock
        self._readable: dict[TP, int] = {}

    async def learn(self, ends: Ends, partitions: Collection[TP]) -> bool:
        """Ask up to where partitions can be read; return False if no broker answers."""
        try:
            found = await ends.of(partitions)
        except (KafkaError, TimeoutError, OSError):
            return False
        self.note(found)
        return True

    def note(self, ends: Mapping[TP, int]) -> None:
        """Note up to where partitions can be read: before the first transaction that is open."""
        self._readable.update(ends)
        self._progress.appended(ends)

    def of(self, partitions: Iterable[TP], readers: Mapping[str, str]) -> dict[TP, Standing]:
        """Return the standing of each partition that is being read; `readers` are its agents."""
        lag = self._progress.lag(self._stock, partitions)
        return {
            tp: Standing(
                agent=readers[tp.topic],
                acknowledged=self._in_flight.acknowledged(tp) or 0,
                handed_out=self._in_flight.position(tp) or 0,
                lag=left,
                waits=self._waits(tp),
                records_out=self._in_flight.records_out(tp),
                oldest=self._in_flight.oldest(tp),
            )
            for tp, left in lag.items()
        }

    def _waits(self, tp: TP) -> bool:
        if self._stock.holds(tp):
            return True
        reach = self._stock.reaches.get(tp)
        position = self._in_flight.position(tp) if reach is None else reach.position
        return self._readable.get(tp, 0) > (position or 0)
