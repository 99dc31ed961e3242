"""Waiting until nothing is left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.transport.kafka._ends import Ends

if TYPE_CHECKING:
    from pipeline.transport.kafka._consumer import Consumer


class Drain:
    """Trusts no end that it has not asked the brokers for since the last acknowledgement."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._progress = consumer.transport.progress
        self._ends = Ends(consumer.transport)

    async def wait(self) -> None:
        """Wait until everything that the consumer's `lag` covers has been acknowledged.

        If the app crashes meanwhile, raises what it crashed of; RuntimeError if it stops.
        """
        while True:
            if self._nothing_left():
                self._progress.appended(await self._ends.of(self._consumer.read_by_agents()))
                if self._nothing_left():
                    return
            waited = await self._consumer.wait_first(self._progress.changes.wait())
            if waited.stopped:
                raise self._consumer.app.crash_reason or RuntimeError(
                    "The app stopped before its topics were drained."
                )

    async def close(self) -> None:
        """Disconnect."""
        await self._ends.close()

    def _nothing_left(self) -> bool:
        lag = self._consumer.lag()
        # While an agent is given its batches again, its partitions are in no lag.
        is_known = lag.keys() >= self._consumer.read_by_agents()
        return self._consumer.is_streaming and is_known and not any(lag.values())
