"""Let what is costly to follow gather while much of it is on its way."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Collection
from typing import Final

import faust

from pipeline.transport.app import consumer_of

_FEW: Final = 1_000
"""So many records on their way to it keep nothing waiting."""
_LONGEST_SECONDS: Final = 5.0
"""What has arrived waits no longer: people are to hear of a campaign within a minute."""
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

    async def may_begin(self, partition: int) -> bool:
        """Return whether a partition may be worked on now; if not, after a short while."""
        now = time.monotonic()
        if now < self._begun[partition] + _LONGEST_SECONDS and self._much_is_coming():
            await asyncio.sleep(_LOOK_EVERY)
            return False
        self._begun[partition] = now
        return True

    def _much_is_coming(self) -> bool:
        lag = consumer_of(self._app).lag()
        return sum(much for tp, much in lag.items() if tp.topic in self._sources) > _FEW
