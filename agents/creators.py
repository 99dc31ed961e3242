"""By creator: find touches after an opt-out, and attempts beyond the contact cap."""

from __future__ import annotations

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import commit, read_records, while_ours
from agents._commits import committing
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
    async def creators(stream: StreamT[Batch]) -> None:
        async with committing() as commits:
            async for batches in by_partition(aiter(stream)):
                partition = batches[0].partition
                updates, dead = read_records(batches, lambda _, value: read_contact(value))
                await commits.settle(partition)
                with while_ours():
                    state = table.changes(partition)
                    outputs = [*dead, *violation_outputs(fold_contacts(state, updates), partition)]
                    commit_all = commit(app, NAME, batches, outputs, (table, state))
                    await commits.begin(partition, commit_all)
