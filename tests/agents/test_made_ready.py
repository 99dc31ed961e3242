from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from agents._judging import made_ready


async def counted(most: int) -> AsyncIterator[int]:
    """Yield the numbers below one."""
    for number in range(most):
        yield number


async def test_what_is_made_comes_in_the_order_of_what_it_is_made_of() -> None:
    """Also where the later is done sooner; and all of it comes."""
    turns = {0: asyncio.Event(), 1: asyncio.Event()}

    async def make(number: int) -> str:
        if number == 0:
            await turns[1].wait()
        if number in turns:
            turns[number].set()
        return f"made of {number}"

    found = [made async for made in made_ready(counted(9), make)]

    assert found == [f"made of {number}" for number in range(9)]


async def test_a_few_are_made_while_one_is_used() -> None:
    """Not all of a backlog, which would have to lie in memory."""
    begun: list[int] = []

    async def make(number: int) -> int:
        begun.append(number)
        return number

    ready = made_ready(counted(50), make)
    assert await anext(ready) == 0
    for _ in range(100):
        await asyncio.sleep(0)
    assert 1 <= len(begun) <= 5
    await ready.aclose()


async def test_what_making_raises_is_raised() -> None:
    """The agent fails, and nothing is acknowledged."""

    async def make(number: int) -> int:
        raise ValueError(number)

    with pytest.raises(ValueError, match="0"):
        await anext(made_ready(counted(3), make))
