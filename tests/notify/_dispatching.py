"""A dispatcher on a log in memory, folded as agents do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress

from pipeline.alerts import (
    Backoff,
    Delivery,
    DeliveryRecord,
    NotifierChange,
    fold_deliveries,
    idempotency_key,
    notifiers_in_use,
    standing_of,
    standings,
)
from pipeline.events import Milliseconds
from pipeline.notify import (
    AlertSettings,
    Dispatcher,
    Failure,
    Notifier,
    opened,
    read_alert_settings,
)
from tests.folds._system import MemoryState
from tests.notify._clock import TurnedClock
from tests.notify._notices import alert
from tests.notify._web_receiver import WebReceiver

PARTITION = 3
OPENING = idempotency_key(alert().alert_id, 0, "on-call")
"""The key of the opening of the alert that tests tell of."""
_PATIENCE_SECONDS = 60.0


class Log:
    """The facts; a worker that starts folds them all."""

    def __init__(self, records: Iterable[DeliveryRecord] = ()) -> None:
        self.records = list(records)
        self.late: list[Delivery] = []
        """What is written and not folded yet."""
        self.state = MemoryState()
        self.changed = fold_deliveries(self.state, self.records)

    def append(self, records: Iterable[DeliveryRecord]) -> None:
        """Append, and fold that and what came late."""
        added = [*self.late, *records]
        self.late.clear()
        self.records += added
        self.changed = fold_deliveries(self.state, added)

    @property
    def deliveries(self) -> list[Delivery]:
        """Return what was written about telling."""
        folded = [record for record in self.records if isinstance(record, Delivery)]
        return folded + self.late


class Worker:
    """A dispatcher that is running."""

    def __init__(
        self,
        log: Log,
        settings: AlertSettings,
        notifiers: Mapping[str, Notifier],
        clock: TurnedClock,
    ) -> None:
        self.log = log
        self.clock = clock
        self.failures: asyncio.Queue[Failure] = asyncio.Queue()
        self.broken_log = 0
        """So many times writing fails."""
        self.folds_late = False
        """Whether what is written is folded only with what is said next."""
        self._recorded = asyncio.Condition()
        self.dispatcher = Dispatcher(
            notifiers,
            settings.routing,
            self._record,
            failed=self.failures.put_nowait,
            clock=clock,
            backoff=Backoff(),
        )

    def begin(self) -> None:
        """Begin with what the log holds."""
        in_use = notifiers_in_use(self.log.state)
        self.dispatcher.take(PARTITION, standings(self.log.state), in_use)

    def say(self, *records: DeliveryRecord) -> None:
        """Append facts, and have them told."""
        self.log.append(records)
        self._update()

    async def recorded(self, count: int) -> list[Delivery]:
        """Wait until so many deliveries stand in the log; return them."""
        async with self._recorded:
            await self._recorded.wait_for(lambda: len(self.log.deliveries) >= count)
        return self.log.deliveries

    async def _record(self, delivery: Delivery) -> None:
        if self.broken_log:
            self.broken_log -= 1
            raise OSError("no space left on device")
        async with self._recorded:
            if self.folds_late:
                self.log.late.append(delivery)
            else:
                self.log.append([delivery])
                self._update()
            self._recorded.notify_all()

    def _update(self) -> None:
        state = self.log.state
        changed = [standing_of(state, alert_id) for alert_id in self.log.changed]
        self.dispatcher.update(PARTITION, changed, notifiers_in_use(state))


def in_use(*names: str, since: int = 0) -> list[NotifierChange]:
    """Return the facts that these notifiers have been in use for long."""
    return [NotifierChange(name, Milliseconds(since), in_use=True) for name in names]


@asynccontextmanager
async def working(
    toml: str, log: Log | None = None, clock: TurnedClock | None = None
) -> AsyncIterator[Worker]:
    """Run a dispatcher while the block runs; its end is a crash: nothing more is written."""
    settings = read_alert_settings(toml, "alerts.toml", {})
    async with opened(settings) as notifiers:
        worker = Worker(log or Log(), settings, notifiers, clock or TurnedClock())
        worker.begin()
        running = asyncio.create_task(worker.dispatcher.run())
        try:
            # What never comes fails a test, and does not hang it.
            async with asyncio.timeout(_PATIENCE_SECONDS):
                yield worker
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


def webhook(receiver: WebReceiver, name: str = "on-call", more: str = "") -> str:
    """Return the settings of a webhook to it."""
    return f'[notifiers.{name}]\nkind = "webhook"\nurl = "{receiver.url}"\nsecret = "s"\n{more}\n'


async def written(_: Delivery) -> None:
    """Take a fact for written."""
