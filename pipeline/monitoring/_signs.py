"""What agents show of themselves between two acknowledgements."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from pipeline.monitoring.liveness import Sign


class SignsOfLife:
    """The last sign of each agent; any thread may read it."""

    def __init__(self) -> None:
        self._signs: Mapping[str, Sign] = {}

    @contextmanager
    def busy(self, agent: str, seconds: float, *, blocks: bool = False) -> Iterator[None]:
        """Say that an agent is alive before and after the block, which may take so many seconds.

        `blocks` says that the event loop may not turn meanwhile.
        """
        self._show(agent, seconds, blocks=blocks)
        try:
            yield
        finally:
            self._show(agent, 0.0, blocks=False)

    def _show(self, agent: str, seconds: float, *, blocks: bool) -> None:
        now = time.monotonic()
        # Replaced as a whole, so that who reads it elsewhere never sees it change.
        self._signs = {**self._signs, agent: Sign(now, now + seconds, blocks)}

    @property
    def last(self) -> Mapping[str, Sign]:
        """The last sign of each agent that has shown one."""
        return self._signs
