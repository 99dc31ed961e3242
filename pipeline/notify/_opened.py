"""Notifiers, ready to be used."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager

from aiohttp import ClientSession

from pipeline.notify._notifier import Notifier, Surroundings
from pipeline.notify._registry import KINDS
from pipeline.notify._settings import AlertSettings


@asynccontextmanager
async def opened(
    settings: AlertSettings, now: Callable[[], float] = time.time
) -> AsyncIterator[Mapping[str, Notifier]]:
    """Have every notifier of the settings, by its name, while the block runs.

    Nothing connects before it delivers. `now` returns the seconds since 1970.
    """
    async with ClientSession(headers={"User-Agent": "outreach"}) as session:
        surroundings = Surroundings(session, now)
        yield {
            name: KINDS[table.kind].make(table, surroundings)
            for name, table in settings.notifiers.items()
        }
