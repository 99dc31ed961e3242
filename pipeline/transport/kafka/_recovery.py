"""Faust's recovery of tables, which knows when a changelog is read to its end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, cast

from faust.tables.recovery import RebalanceAgain
from faust.tables.recovery import Recovery as BaseRecovery
from faust.types import TP
from faust.types.transports import ConsumerT

if TYPE_CHECKING:
    from pipeline.transport.kafka._consumer import Consumer


class Recovery(BaseRecovery):
    """Does not wait for a record at the last offset of a changelog: there may be none.

    After each transaction stands its marker, and what was aborted is never delivered.
    """

    def active_remaining(self) -> Counter[TP]:
        """Return how much is yet to be read, by partition of which this worker is the owner."""
        return self._left(super().active_remaining(), self.active_offsets)

    def standby_remaining(self) -> Counter[TP]:
        """Return how much is yet to be read, by partition that this worker keeps a copy of."""
        return self._left(super().standby_remaining(), self.standby_offsets)

    async def _seek_offsets(
        self,
        consumer: ConsumerT,
        tps: set[TP],
        offsets: Counter[TP],
        title: str,
    ) -> None:
        """Go to where restoring begins, of actives or standbys.

        Raises RebalanceAgain, upon which all begins anew, if partitions have changed meanwhile:
        where to begin with those that came is not known yet, and to go there would be an error.
        """
        if self.signal_recovery_start.is_set():
            raise RebalanceAgain
        await super()._seek_offsets(consumer, tps, offsets, title)

    def _left(self, remaining: Counter[TP], offsets: Counter[TP]) -> Counter[TP]:
        consumer = cast("Consumer", self.app.consumer)
        for tp in remaining:
            last = consumer.delivery.last_change(tp)
            if last is not None and offsets[tp] >= last:
                remaining[tp] = 0
        return remaining
