"""By creator: find touches after an opt-out, and attempts beyond the contact cap."""

from __future__ import annotations

import faust
from faust.types import StreamT

from agents._batches import commit, read_records
from pipeline.creators import fold_contacts
from pipeline.outputs import read_contact, violation_outputs
from pipeline.topics import Topic
from pipeline.transport import Batch
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "creators"


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    table = context.table(app, NAME)

    @app.agent(batch_topic(app, Topic.CREATOR_CONTACTS), name=NAME)
    async def creators(batches: StreamT[Batch]) -> None:
        async for batch in batches:
            state = table.changes(batch.partition)
            read, dead = read_records(batch, read_contact)
            violations = fold_contacts(state, [update for _, update in read])
            outputs = [*dead, *violation_outputs(violations, batch.partition)]
            await commit(app, NAME, batch, outputs, (table, state))
