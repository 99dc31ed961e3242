"""Commit what came of some batches while the next are worked on.

Folding takes this process's time, committing the disk's: done in turn, each would wait for the
other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager


class Commits:
    """At most one commit under way. One that fails ends the agent at once."""

    def __init__(self, tasks: asyncio.TaskGroup) -> None:
        self._tasks = tasks
        self._partition = -1
        self._under_way: asyncio.Task[None] | None = None

    async def settle(self, partition: int) -> None:
        """Wait until nothing of this partition is under way: its state may be read from then on."""
        if self._partition == partition:
            await self._wait()

    async def begin(self, partition: int, commit: Coroutine[None, None, None]) -> None:
        """Begin a commit, after the one that is under way."""
        await self._wait()
        self._partition = partition
        self._under_way = self._tasks.create_task(commit)

    async def _wait(self) -> None:
        if self._under_way is not None:
            await self._under_way


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
