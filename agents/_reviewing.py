"""Have campaigns with an open alert looked at again: it may need nothing but time to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

import faust

from agents._sending import send
from pipeline.outputs import review_output
from pipeline.risk import campaigns_with_open_alert
from pipeline.state import StateNotHereError
from pipeline.state.table import StateTable
from pipeline.topics import Topic
from pipeline.transport.app import consumer_of
from pipeline.worker import Context

_EVERY: Final = 60.0
"""In seconds: risk is worked out for full minutes."""
_FEW: Final = 1_000
"""While more than so many records wait, what is known of a minute is not what there was in it."""


@asynccontextmanager
async def reviewing(app: faust.App, context: Context, told: StateTable) -> AsyncIterator[None]:
    """Do so during the block. What is to be looked at goes through the log, as all else does."""
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(_review(app, context, told))
        try:
            yield
        finally:
            task.cancel()


async def _review(app: faust.App, context: Context, told: StateTable) -> None:
    while True:
        await asyncio.sleep(_EVERY)
        lag = consumer_of(app).lag()
        if app.rebalancing or app.in_recovery or sum(lag.values()) > _FEW:
            continue
        open_alerts = 0
        for partition in sorted(tp.partition for tp in lag if tp.topic == Topic.CAMPAIGN_TOUCHES):
            with suppress(StateNotHereError):
                for campaign in campaigns_with_open_alert(told.changes(partition)):
                    open_alerts += 1
                    await send(app, context, review_output(campaign, context.partitions))
        context.monitor.metrics.alerts_open.set(open_alerts)
