"""An event loop in a thread of its own, for those who block."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Loop:
    """Runs coroutines for other threads."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Begin this work, after all that was begun before it, and return at once."""
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Do this work, and return or raise what comes of it."""
        return self.begin(work).result()


@contextmanager
def looping(name: str) -> Iterator[Loop]:
    """Have an event loop in a thread of this name while the block runs.

    Everything that was begun must have ended by the end of the block.
    """
    started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()
    thread = Thread(target=lambda: asyncio.run(_serve(started)), name=name, daemon=True)
    thread.start()
    loop, told_to_stop = started.result()
    try:
        yield Loop(loop)
    finally:
        loop.call_soon_threadsafe(told_to_stop.set)
        thread.join()


async def _serve(started: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]]) -> None:
    loop, told_to_stop = asyncio.get_running_loop(), asyncio.Event()
    # aiokafka leaves failures behind that nobody waits for; whoever waits gets the same one.
    loop.set_exception_handler(lambda _, context: _log.debug("%s", context))
    started.set_result((loop, told_to_stop))
    await told_to_stop.wait()
