"""Let what is costly to follow gather while much of it is on its way."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import faust

from pipeline.transport import Batch
from pipeline.transport.app import consumer_of

_FEW: Final = 1_000
"""So many records on their way to it keep nothing waiting."""
_LONGEST_SECONDS: Final = 10.0
"""What has arrived waits no longer: people are to hear of a campaign within a minute."""
_MUCH_BYTES: Final = 4_000_000
"""Nor does so much: it has to be held in memory."""
_LOOK_EVERY: Final = 0.05
"""How often one looks, in seconds, whether what was on its way is there."""


class Pace:
    """Keeps an agent from working on little while much is on its way to it.

    Under a backlog each batch changes the past of most campaigns a little, and each time it has to
    be gone through. With more that came together this is done once for all of it.
    """

    def __init__(self, app: faust.App, sources: Collection[str]) -> None:
        """Take the topics from which records come, by way of other agents of this worker."""
        self._app = app
        self._sources = frozenset(sources)
        self._begun: dict[int, float] = defaultdict(float)

    async def may_begin(self, waiting: Sequence[Batch]) -> bool:
        """Return whether batches of a partition may be worked on; if not, after a short while."""
        now, partition = time.monotonic(), waiting[0].partition
        is_early = now < self._begun[partition] + _LONGEST_SECONDS
        if is_early and _bytes(waiting) < _MUCH_BYTES and self._much_is_coming():
            await asyncio.sleep(_LOOK_EVERY)
            return False
        self._begun[partition] = now
        return True

    def _much_is_coming(self) -> bool:
        lag = consumer_of(self._app).lag()
        return sum(much for tp, much in lag.items() if tp.topic in self._sources) > _FEW


def _bytes(batches: Iterable[Batch]) -> int:
    return sum(len(record.value or b"") for batch in batches for record in batch.records)
