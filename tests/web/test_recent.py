from __future__ import annotations

import asyncio

import pytest

from pipeline.web._recent import Recent


class _Oracle:
    """Answers with how often it was asked, once it is let."""

    def __init__(self) -> None:
        self.asked = 0
        self.free = asyncio.Event()

    async def ask(self) -> int:
        self.asked += 1
        asked = self.asked
        await self.free.wait()
        if asked == 13:
            raise ValueError("unlucky")
        return asked


async def test_asks_once_for_all_who_wait() -> None:
    """Those who ask while an answer is on its way get that one."""
    oracle = _Oracle()
    recent = Recent(oracle.ask, seconds=1000)
    waiting = [asyncio.create_task(recent.get()) for _ in range(5)]
    await asyncio.sleep(0)
    oracle.free.set()
    assert await asyncio.gather(*waiting) == [1] * 5
    assert await recent.get() == 1


async def test_asks_again_when_the_answer_is_old() -> None:
    """An answer that is older than it may be is not given."""
    oracle = _Oracle()
    oracle.free.set()
    recent = Recent(oracle.ask, seconds=0)
    first = await recent.get()
    while await recent.get() == first:
        pass
    assert oracle.asked > 1


async def test_who_leaves_takes_the_answer_from_nobody() -> None:
    """The first to ask may go away: the others get the answer all the same."""
    oracle = _Oracle()
    recent = Recent(oracle.ask, seconds=1000)
    first, second = asyncio.create_task(recent.get()), asyncio.create_task(recent.get())
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait({first})
    oracle.free.set()
    assert await second == 1


async def test_tells_all_who_wait_what_went_wrong() -> None:
    """What asking raises is raised for everybody who waited for it."""
    oracle = _Oracle()
    oracle.asked = 12
    recent = Recent(oracle.ask, seconds=1000)
    waiting = [asyncio.create_task(recent.get()) for _ in range(2)]
    await asyncio.sleep(0)
    oracle.free.set()
    for one in waiting:
        with pytest.raises(ValueError, match="unlucky"):
            await one


async def test_closing_ends_what_is_being_asked() -> None:
    """After closing, nothing goes on in the background."""
    recent = Recent(_Oracle().ask, seconds=1000)
    waiting = asyncio.create_task(recent.get())
    await asyncio.sleep(0)
    await recent.close()
    await asyncio.wait({waiting})
    assert waiting.cancelled()
