"""Batches of one partition that wait are worked on together.

Under a backlog this is what makes agents fast: an account's messages come by three topics, and what
several batches change in one conversation is judged, kept and written once.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

from pipeline.transport import Batch

_TURNS = 32
"""How often the event loop gets a turn to bring a batch that is there already.

One brings one batch at most, to one of the agents, and what an agent then does with its batches may
take a second: with few turns, those whose batches come last get hardly any until all else is done.
"""


async def at_once(_: Sequence[Batch]) -> bool:
    """Let no batches wait."""
    return True


async def by_partition(
    batches: AsyncIterator[Batch], may_begin: Callable[[Sequence[Batch]], Awaitable[bool]] = at_once
) -> AsyncIterator[list[Batch]]:
    """Yield what has arrived: the batches of one partition, in their order, at least one.

    The partition with the most records comes first, unless `may_begin`, which may wait a little,
    has it gather more. How much it can be is bounded by how many batches a transport hands out
    unacknowledged.
    """
    waiting: dict[int, list[Batch]] = defaultdict(list)
    coming = asyncio.ensure_future(anext(batches, None))
    try:
        while True:
            while not waiting or await is_there(coming):
                batch = await coming
                if batch is None:
                    return
                _add(waiting[batch.partition], batch)
                coming = asyncio.ensure_future(anext(batches, None))
            fullest = max(waiting, key=lambda partition: _records(waiting[partition]))
            if await may_begin(waiting[fullest]):
                yield waiting.pop(fullest)
    finally:
        coming.cancel()


async def is_there(coming: asyncio.Future[Batch | None]) -> bool:
    """Tell whether the next batch has come, after all that can be done at once has been done."""
    for _ in range(_TURNS):
        if coming.done():
            return True
        await asyncio.sleep(0)
    return coming.done()


def _add(batches: list[Batch], batch: Batch) -> None:
    # After a reassignment what waits from before is stale, and would make this one so in a commit
    # of both. It is delivered again.
    if batches and batches[-1].generation != batch.generation:
        batches.clear()
    batches.append(batch)


def _records(batches: list[Batch]) -> int:
    return sum(len(batch.records) for batch in batches)
