"""The writers of those partitions that this worker has."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.transport._batch import StaleBatchError
from pipeline.transport.kafka._writer import Writer


class Share(NamedTuple):
    """What one writer writes for: an agent's partitions of one number."""

    agent: str
    number: int


class Writers:
    """One writer for each share, made anew with each assignment."""

    def __init__(self, make: Callable[[Share], Writer]) -> None:
        self._make = make
        self._writers: dict[Share, Writer] = {}
        self._turns: dict[Share, asyncio.Lock] = {}

    async def take(self, shares: Iterable[Share]) -> None:
        """Have these and no others from here on: whoever had them is fenced when this returns."""
        old, self._writers = self._writers, {}
        new = {share: self._make(share) for share in shares}
        await asyncio.gather(*(writer.stop() for writer in old.values()))
        self._turns = {share: asyncio.Lock() for share in new}
        self._writers = new
        await asyncio.gather(*(writer.start() for writer in new.values()))

    def writer(self, share: Share) -> Writer:
        """Return the writer of a share; raises StaleBatchError if it is not ours."""
        writer = self._writers.get(share)
        if writer is None:
            raise StaleBatchError(
                f"{share.agent}: the partitions {share.number} were taken away and will be "
                "delivered again."
            )
        return writer

    def turn(self, share: Share) -> asyncio.Lock:
        """Return what those who write for a share hold, one after the other."""
        return self._turns[share]
