"""A clock that tests turn."""

from __future__ import annotations

import asyncio

from pipeline.events import Milliseconds
from tests.notify._notices import NOON


class TurnedClock:
    """Stands still until it is turned."""

    def __init__(self, now: int = NOON) -> None:
        self._now = Milliseconds(now)
        self._turned = asyncio.Condition()
        self._pauses: dict[asyncio.Event, Milliseconds | None] = {}

    def now(self) -> Milliseconds:
        """Return where it stands."""
        return self._now

    async def turn_to(self, now: int) -> None:
        """Turn it forward, and wake whoever waits for that."""
        async with self._turned:
            self._now = Milliseconds(now)
            self._turned.notify_all()
            for woken, until in self._pauses.items():
                if until is not None and until <= now:
                    woken.set()

    async def awaited(self) -> Milliseconds:
        """Wait until somebody waits for a moment to come, and return it."""
        async with self._turned:
            await self._turned.wait_for(lambda: any(self._upcoming()))
            return min(self._upcoming())

    async def idle(self) -> None:
        """Wait until all that pause wait for no moment, and none of them is woken."""
        async with self._turned:
            await self._turned.wait_for(
                lambda: (
                    bool(self._pauses)
                    and not any(self._upcoming())
                    and not any(woken.is_set() for woken in self._pauses)
                )
            )

    async def pause(self, woken: asyncio.Event, until: Milliseconds | None) -> None:
        """Wait for the event, or until it is turned to the moment."""
        if until is not None and until <= self._now:
            return
        async with self._turned:
            self._pauses[woken] = until
            self._turned.notify_all()
        try:
            await woken.wait()
        finally:
            del self._pauses[woken]

    def _upcoming(self) -> list[Milliseconds]:
        """Return what is waited for by those who are not woken yet."""
        pauses = self._pauses.items()
        return [until for woken, until in pauses if until is not None and not woken.is_set()]
