"""Tell people of the alerts that this worker's partitions hold."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Final

import faust
from faust.types import TP

from agents._sending import send
from pipeline.alerts import (
    AlertId,
    Delivery,
    membership_changes,
    notifiers_in_use,
    standing_of,
    standings,
)
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState
from pipeline.notify import AlertSettings, Dispatcher, Failure, log_failure, opened
from pipeline.outputs import delivery_output, membership_output
from pipeline.state import StateNotHereError
from pipeline.state.table import StateTable
from pipeline.topics import Topic
from pipeline.transport import Output
from pipeline.transport.app import consumer_of
from pipeline.worker import Context

_LOOK_EVERY: Final = 0.5
"""How often one looks, in seconds, which partitions are here and folded to the end."""
_TOPICS: Final = (Topic.ALERT_NOTICES, Topic.DELIVERIES)


class Telling:
    """Has a dispatcher tell of the partitions that are here, once they are folded to their end."""

    def __init__(
        self, app: faust.App, context: Context, table: StateTable, settings: AlertSettings
    ) -> None:
        self._app = app
        self._context = context
        self._table = table
        self._settings = settings
        self._metrics = context.monitor.metrics
        self._taken: set[int] = set()
        self._dispatcher: Dispatcher | None = None

    def update(self, partition: int, state: KeyedState, changed: Iterable[AlertId]) -> None:
        """Say which alerts of a partition are different now."""
        if self._dispatcher is not None and partition in self._taken:
            now = [standing_of(state, alert_id) for alert_id in changed]
            self._dispatcher.update(partition, now, notifiers_in_use(state))

    async def run(self) -> None:
        """Tell until cancelled."""
        async with opened(self._settings) as notifiers, asyncio.TaskGroup() as tasks:
            routing = self._settings.routing
            self._dispatcher = Dispatcher(notifiers, routing, self._record, failed=self._failed)
            tasks.create_task(self._dispatcher.run())
            while True:
                await self._look(self._dispatcher)
                for name, count in self._dispatcher.pending().items():
                    self._metrics.notices_pending.labels(name).set(count)
                await asyncio.sleep(_LOOK_EVERY)

    async def _look(self, dispatcher: Dispatcher) -> None:
        lag = consumer_of(self._app).lag()
        here = {tp.partition for tp in lag if tp.topic == Topic.ALERT_NOTICES}
        for partition in self._taken - here:
            dispatcher.drop(partition)
        self._taken &= here
        if self._app.rebalancing or self._app.in_recovery:
            return
        for partition in sorted(here - self._taken):
            if not any(lag.get(TP(topic, partition), 1) for topic in _TOPICS):
                await self._take(dispatcher, partition)

    async def _take(self, dispatcher: Dispatcher, partition: int) -> None:
        try:
            state = self._table.changes(partition)
        except StateNotHereError:
            return
        in_use = notifiers_in_use(state)
        dispatcher.take(partition, standings(state), in_use)
        self._taken.add(partition)
        for change in membership_changes(in_use, self._settings.notifiers, _now()):
            await self._write(membership_output(change, partition))

    async def _record(self, delivery: Delivery) -> None:
        await self._write(delivery_output(delivery, self._context.partitions))
        self._metrics.notices.labels(delivery.notifier, delivery.outcome).inc()

    def _failed(self, failure: Failure) -> None:
        log_failure(failure)
        self._metrics.notices.labels(failure.notifier, "failed").inc()

    async def _write(self, output: Output) -> None:
        await send(self._app, self._context, output)


@asynccontextmanager
async def telling(
    app: faust.App, context: Context, table: StateTable
) -> AsyncIterator[Telling | None]:
    """Tell people during the block, if the settings say whom. Raises what that raised."""
    if context.alerts is None:
        yield None
        return
    told = Telling(app, context, table, context.alerts)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(told.run())
        try:
            yield told
        finally:
            running.cancel()


def _now() -> Milliseconds:
    return Milliseconds(time.time_ns() // 1_000_000)
