"""By creator: find touches after an opt-out, and attempts beyond the contact cap."""

from __future__ import annotations

from itertools import chain

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import commit, read_records, while_ours
from agents._commits import committing
from pipeline.accounts import Broken
from pipeline.creators import fold_contacts
from pipeline.outputs import broken_outputs, read_contacts, violation_outputs
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
                work = context.monitor.take_up(NAME, batches)
                read, dead = read_records(batches, lambda _, value: read_contacts(value), work)
                await commits.settle(partition)
                with while_ours():
                    state = table.changes(partition)
                    broken = Broken.none()
                    violations = fold_contacts(state, chain.from_iterable(read), broken)
                    outputs = [
                        *dead,
                        *violation_outputs(violations, partition),
                        *broken_outputs(broken, context.partitions),
                    ]
                    commit_all = commit(app, work, context.wire.outgoing(outputs), (table, state))
                    await commits.begin(partition, commit_all)
