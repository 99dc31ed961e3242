"""Commit what came of some batches while the next are worked on.

Folding takes this process's time, committing the disk's: done in turn, each would wait for the
other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

_MOST_UNDER_WAY = 3
"""Each holds in memory what it is to write."""


class Commits:
    """Commits under way, of different partitions. One that fails ends the agent at once."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def settle(self, partition: int) -> None:
        """Wait until nothing of this partition is under way: its state may be read from then on."""
        commit = self._under_way.pop(partition, None)
        if commit is not None:
            await commit

    async def begin(self, partition: int, commit: Coroutine[None, None, None]) -> None:
        """Begin the commit of a settled partition, once there is room for it."""
        while len(self._under_way) >= _MOST_UNDER_WAY:
            await self.settle(next(iter(self._under_way)))
        self._under_way[partition] = self._tasks.create_task(commit)


@asynccontextmanager
async def committing() -> AsyncIterator[Commits]:
    """Have commits run beside the block; the end of the block waits for the last.

    Raises what a commit raised, and then the block is cancelled wherever it is.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            yield Commits(tasks)
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
