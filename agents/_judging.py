"""Have what messages say judged in another process, while this one works on what is judged."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from pipeline.accounts import Arrived
from pipeline.events import Inbound, Outbound
from pipeline.judging import Judged, JudgingProcess, Lexicons, Text
from pipeline.monitoring import Work

Group = TypeVar("Group")
Ready = TypeVar("Ready")

_AHEAD: Final = 3
"""How many groups of batches are judged or wait for their turn after that."""
_LONGEST_ORDER_SECONDS: Final = 3600.0
"""Of texts as long as an event may be, thousands at once."""


class Judging:
    """Judges messages in a process of its own, one order after the other."""

    def __init__(self, process: JudgingProcess, thread: ThreadPoolExecutor) -> None:
        self._process = process
        self._thread = thread

    async def of(
        self, events: Sequence[tuple[Outbound | Inbound, bytes]], work: Work
    ) -> list[Arrived]:
        """Return the events with what their texts show; those of creators are not judged here."""
        texts = [
            Text(event.body, event.creator_name, event.creator_content, event.workspace)
            for event, _ in events
            if isinstance(event, Outbound)
        ]
        judged: Iterator[Judged] = iter(())
        if texts:
            loop = asyncio.get_running_loop()
            with work.busy(_LONGEST_ORDER_SECONDS):
                judged = iter(await loop.run_in_executor(self._thread, self._process.judge, texts))
        return [
            _with(event, record, next(judged))
            if isinstance(event, Outbound)
            else Arrived(event, record)
            for event, record in events
        ]


@contextmanager
def judging(lexicons: Lexicons) -> Iterator[Judging]:
    """Have a process during the block that judges by these lexicons of workspaces."""
    with ThreadPoolExecutor(1, thread_name_prefix="judging") as thread:
        process = JudgingProcess(lexicons)
        try:
            yield Judging(process, thread)
        finally:
            process.interrupt()
            thread.submit(process.close)


async def made_ready(
    groups: AsyncIterator[Group], make: Callable[[Group], Awaitable[Ready]]
) -> AsyncGenerator[Ready, None]:
    """Yield what is made of each group, in their order; a few are made while others are used."""
    waiting: deque[asyncio.Future[Ready]] = deque()
    coming: asyncio.Future[Group | None] | None = asyncio.ensure_future(anext(groups, None))
    try:
        while coming is not None or waiting:
            has_room = coming is not None and len(waiting) < _AHEAD
            awaited: list[asyncio.Future[Any]] = [*waiting][:1]
            awaited += [coming] if coming is not None and has_room else []
            await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
            if coming is not None and has_room and coming.done():
                group = coming.result()
                coming = None
                if group is not None:
                    waiting.append(asyncio.ensure_future(make(group)))
                    coming = asyncio.ensure_future(anext(groups, None))
            elif waiting and waiting[0].done():
                yield waiting.popleft().result()
    finally:
        for ready in waiting:
            ready.cancel()
        if coming is not None:
            coming.cancel()


def _with(event: Outbound, record: bytes, judged: Judged) -> Arrived:
    return Arrived(event, record, judged.text, judged.masked)
