"""Waiting for what holds already, and is about to show."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

_Answer = TypeVar("_Answer")

_PAUSE_SECONDS = 0.02
_QUESTIONS = 250
"""After five seconds it is not on its way: the answer then is what it is."""


async def once_it_shows(
    ask: Callable[[], Awaitable[_Answer]], shows: Callable[[_Answer], bool]
) -> _Answer:
    """Ask until the answer shows it; give up after some seconds, and return the last answer."""
    answer = await ask()
    for _ in range(_QUESTIONS):
        if shows(answer):
            break
        await asyncio.sleep(_PAUSE_SECONDS)
        answer = await ask()
    return answer
