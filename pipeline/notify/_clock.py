"""Time for the loop that tells people; tests turn their own."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Final, Protocol

from pipeline.events import Milliseconds

_LONGEST_PAUSE: Final = 60.0
"""Seconds; a wall clock may be set while one waits."""


class Clock(Protocol):
    """What time it is, and waiting for it."""

    def now(self) -> Milliseconds:
        """Return the milliseconds since 1970."""
        ...

    async def pause(self, woken: asyncio.Event, until: Milliseconds | None) -> None:
        """Wait for the event, at most until a moment; may return too soon."""
        ...


class WallClock:
    """The time of day."""

    def now(self) -> Milliseconds:
        """Return the milliseconds since 1970."""
        return Milliseconds(int(time.time() * 1000))

    async def pause(self, woken: asyncio.Event, until: Milliseconds | None) -> None:
        """Wait for the event, at most until a moment; may return too soon."""
        seconds = _LONGEST_PAUSE if until is None else (until - self.now()) / 1000
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(seconds, 0.0), _LONGEST_PAUSE)):
                await woken.wait()
