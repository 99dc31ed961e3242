"""By alert: who was told of it, and telling those who have to be."""

from __future__ import annotations

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import commit, read_records, while_ours
from agents._telling import telling
from pipeline.alerts import fold_deliveries
from pipeline.outputs import read_notice
from pipeline.topics import Topic
from pipeline.transport import Batch
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "notifications"


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    table = context.table(app, NAME)

    @app.agent(batch_topic(app, Topic.ALERT_NOTICES, Topic.DELIVERIES), name=NAME)
    async def notifications(stream: StreamT[Batch]) -> None:
        async with telling(app, context, table) as told:
            async for batches in by_partition(aiter(stream)):
                partition = batches[0].partition
                work = context.monitor.take_up(NAME, batches)
                records, dead = read_records(batches, lambda _, value: read_notice(value), work)
                with while_ours():
                    state = table.changes(partition)
                    changed = fold_deliveries(state, records)
                    await commit(app, work, context.wire.outgoing(dead), (table, state))
                    if told is not None:
                        told.update(partition, table.changes(partition), changed)
