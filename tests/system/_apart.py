"""Stories about a running system, in another process than that of the tests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import ParamSpec, TypeVar

from tests.aside import alone, aside

P = ParamSpec("P")
T = TypeVar("T")


def apart(story: Callable[P, Coroutine[None, None, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a coroutine function returns in another process; raise what it raises."""
    return aside(_run, story, args, kwargs)


def apart_from_all(
    story: Callable[P, Coroutine[None, None, T]], *args: P.args, **kwargs: P.kwargs
) -> T:
    """Do so in a new process, whose memory is then that of the story."""
    return alone(_run, story, args, kwargs)


def _run(
    story: Callable[..., Coroutine[None, None, T]],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> T:
    return asyncio.run(story(*args, **kwargs))


async def until(condition: Callable[[], object]) -> None:
    """Wait until a condition holds that nobody tells of."""
    while not condition():  # noqa: ASYNC110 - there is no event to wait for
        await asyncio.sleep(0.01)
