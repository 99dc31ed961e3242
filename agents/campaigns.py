"""By campaign: find touches beyond the campaign's daily cap."""

from __future__ import annotations

import faust
from faust.types import StreamT

from agents._batches import commit, read_records
from pipeline.campaigns import fold_campaigns
from pipeline.outputs import read_campaign, violation_outputs
from pipeline.topics import Topic
from pipeline.transport import Batch
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "campaigns"


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    table = context.table(app, NAME)

    @app.agent(batch_topic(app, Topic.CAMPAIGN_TOUCHES), name=NAME)
    async def campaigns(batches: StreamT[Batch]) -> None:
        async for batch in batches:
            state = table.changes(batch.partition)
            read, dead = read_records(batch, read_campaign)
            updates = [update for _, updates in read for update in updates]
            outputs = [
                *dead,
                *violation_outputs(fold_campaigns(state, updates), batch.partition),
            ]
            await commit(app, NAME, batch, outputs, (table, state))
