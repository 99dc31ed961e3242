from __future__ import annotations

import asyncio

from pipeline.transport._announcements import Announcements


async def test_an_announcement_before_the_waiting_begins() -> None:
    """What is announced after `wait` was called, and before it is awaited, is not missed."""
    changes = Announcements()
    waiting = changes.wait()
    changes.announce()
    async with asyncio.timeout(60):
        await waiting


async def test_everybody_hears_of_it() -> None:
    """One announcement wakes all who wait, and nobody who comes later."""
    changes = Announcements()
    waiting = [asyncio.ensure_future(changes.wait()) for _ in range(3)]
    changes.announce()
    later = asyncio.ensure_future(changes.wait())
    async with asyncio.timeout(60):
        await asyncio.gather(*waiting)
    assert not later.done()
    later.cancel()
