"""Stories about a running system, each in a process of its own.

The engine serves one directory a process, and the process of the tests may serve another already.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine
from concurrent.futures import ProcessPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def apart(story: Callable[P, Coroutine[None, None, T]], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a coroutine function returns in a new process; raise what it raises."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(_run, story, args, kwargs).result()


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
