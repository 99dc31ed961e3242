"""The loop that tells people."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping

from pipeline.alerts import Backoff, Delivery, Routing, Standing
from pipeline.events import Milliseconds
from pipeline.notify._clock import Clock, WallClock
from pipeline.notify._lane import Failure, Lane, Telling
from pipeline.notify._notifier import Notifier
from pipeline.notify._outstanding import Outstanding

_log = logging.getLogger(__name__)


def log_failure(failure: Failure) -> None:
    """Write a failure to the log."""
    then = "it is given up" if failure.retry_at is None else "it will be tried again"
    _log.warning(
        "Alert %s was not taken by %s (attempt %d, %s): %s",
        failure.notice.alert.alert_id,
        failure.notifier,
        failure.attempts,
        then,
        failure.reason,
    )


class Dispatcher:
    """Tells each notifier of what it has to know, at least once, always under the same key.

    Each notifier has a lane of its own: one that hangs or is down delays no other. Nothing is
    remembered beyond the process but what `record` writes. All of it belongs to one event loop.
    """

    def __init__(  # noqa: PLR0913 - the parts that it connects
        self,
        notifiers: Mapping[str, Notifier],
        routing: Routing,
        record: Callable[[Delivery], Awaitable[None]],
        *,
        failed: Callable[[Failure], None] = log_failure,
        clock: Clock | None = None,
        backoff: Backoff | None = None,
    ) -> None:
        """`record` writes a fact to the log, and returns once it holds.

        While it raises it is called again with the same fact, and the notice is not told again.
        """
        self._outstanding = Outstanding(notifiers, routing)
        telling = Telling(
            self._outstanding,
            routing,
            clock or WallClock(),
            backoff or Backoff(),
            record,
            failed,
        )
        self._lanes = [Lane(name, notifier, telling) for name, notifier in notifiers.items()]

    def take(
        self, partition: int, standings: Iterable[Standing], in_use: Mapping[str, Milliseconds]
    ) -> None:
        """Begin to tell of the alerts of a partition: all of them, as they stand.

        Only once alerts and deliveries have been folded to the end of the log; until then what has
        been told long ago would be told again.
        """
        self._outstanding.take(partition, standings, in_use)
        self._wake()

    def update(
        self, partition: int, changed: Iterable[Standing], in_use: Mapping[str, Milliseconds]
    ) -> None:
        """Say which alerts of a partition are different now; of one not taken, this is ignored."""
        self._outstanding.update(partition, changed, in_use)
        self._wake()

    def drop(self, partition: int) -> None:
        """Tell no more of a partition."""
        self._outstanding.drop(partition)
        self._wake()

    def pending(self) -> dict[str, int]:
        """Return of how many alerts each notifier has still to be told, as far as is recorded."""
        return self._outstanding.pending()

    async def run(self) -> None:
        """Tell until cancelled."""
        async with asyncio.TaskGroup() as lanes:
            for lane in self._lanes:
                lanes.create_task(lane.run())

    def _wake(self) -> None:
        for lane in self._lanes:
            lane.wake()
