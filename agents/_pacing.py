"""Let what is costly to follow gather while more of it is on its way."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import faust
from faust.types import TP

from pipeline.monitoring import Monitor
from pipeline.risk import Follow
from pipeline.transport import Batch
from pipeline.transport.app import consumer_of

_LONGEST_SECONDS: Final = 10.0
"""What has arrived waits no longer to be worked on,"""
_MUCH_BYTES: Final = 4_000_000
"""nor does so much: it has to be held in memory."""
_NEWEST_SECONDS: Final = 30.0
"""After so long without a moment in which all was there, the last hour is followed as it is: people
are to hear of a campaign within a minute."""
_ALL_SECONDS: Final = 300.0
"""After so long everything is."""
_LOOK_EVERY: Final = 0.05
"""How often one looks, in seconds, whether what was on its way is there."""


class Pace:
    """Keeps an agent from working on little while much is on its way to it.

    Under a backlog each batch changes the past of most campaigns a little, and each time it has to
    be gone through. With all that came together this is done once, and rests on all of it.
    """

    def __init__(
        self, app: faust.App, monitor: Monitor, agent: str, topic: str, sources: Collection[str]
    ) -> None:
        """Take the agent's topic, and those from which records come into it, by other agents."""
        self._app = app
        self._signs = monitor.signs
        self._agent = agent
        self._topic = topic
        self._sources = frozenset(sources)
        self._begun: dict[int, float] = {}
        self._unsettled: dict[int, float] = {}
        """Since when, by partition, there was more to come whenever one looked."""

    async def may_begin(self, waiting: Sequence[Batch]) -> bool:
        """Return whether batches of a partition may be worked on; if not, after a short while."""
        now, partition = time.monotonic(), waiting[0].partition
        if self._is_all_written():
            if self._is_all_here(partition):
                self._unsettled.pop(partition, None)
            else:
                self._unsettled.setdefault(partition, now)
        else:
            since = self._unsettled.setdefault(partition, now)
            is_early = now < max(since, self._begun.get(partition, since)) + _LONGEST_SECONDS
            if is_early and _bytes(waiting) < _MUCH_BYTES:
                # Who waits for others does not stand still.
                with self._signs.busy(self._agent, _LOOK_EVERY):
                    await asyncio.sleep(_LOOK_EVERY)
                return False
        self._begun[partition] = now
        return True

    def follow(self, partition: int) -> Follow:
        """Return how much may be followed of what was begun last of a partition."""
        since = self._unsettled.get(partition)
        if since is None:
            return Follow.ALL
        seconds = self._begun[partition] - since
        if seconds >= _ALL_SECONDS:
            return Follow.ALL
        return Follow.NEWEST if seconds >= _NEWEST_SECONDS else Follow.NOTHING

    def _is_all_written(self) -> bool:
        """Return whether all that is known to the other agents has been written for this one."""
        lag = consumer_of(self._app).lag()
        return not any(much for tp, much in lag.items() if tp.topic in self._sources)

    def _is_all_here(self, partition: int) -> bool:
        """Return whether this agent has been handed all that was written for it."""
        standing = consumer_of(self._app).standings().get(TP(self._topic, partition))
        return standing is None or not standing.waits


def _bytes(batches: Iterable[Batch]) -> int:
    return sum(len(record.value or b"") for batch in batches for record in batch.records)
