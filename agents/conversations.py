"""By account: fold messages into touches, violations, rate cells and audience messages."""

from __future__ import annotations

import faust
from faust.types import StreamT

from agents._batches import commit, read_records
from pipeline.accounts import AccountChanges, PolicyInForce, fold_events, fold_policies
from pipeline.avro import SchemaName, decode, decode_event, topic_of
from pipeline.events import Inbound, Outbound
from pipeline.outputs import cell_outputs, dead_record, feed_outputs, row_outputs
from pipeline.state import Changes
from pipeline.topics import Topic
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "conversations"


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    topics = [Topic.POLICIES, Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES]
    table = context.table(app, NAME)

    @app.agent(batch_topic(app, *topics), name=NAME)
    async def conversations(batches: StreamT[Batch]) -> None:
        async for batch in batches:
            state = table.changes(batch.partition)
            fold = _policies if batch.topic == Topic.POLICIES else _events
            changes, dead = fold(state, batch)
            outputs = [
                *dead,
                *row_outputs(changes, batch.partition),
                *cell_outputs(changes, batch.partition),
                *feed_outputs(changes, context.partitions),
            ]
            await commit(app, NAME, batch, outputs, (table, state))


def _events(state: Changes, batch: Batch) -> tuple[AccountChanges, list[Output]]:
    read, dead = read_records(batch, decode_event)
    events = []
    for record, event in read:
        if isinstance(event, Outbound | Inbound) and topic_of(event) == batch.topic:
            events.append((event, record.value or b""))
        else:
            reason = f"a {event.type} belongs into {topic_of(event)}, not into {batch.topic}"
            dead.append(dead_record(batch, record, reason, "type"))
    return fold_events(state, events).changes, dead


def _policies(state: Changes, batch: Batch) -> tuple[AccountChanges, list[Output]]:
    read, dead = read_records(batch, decode)
    policies = []
    for record, (name, policy) in read:
        if name is SchemaName.POLICY:
            policies.append(
                PolicyInForce(policy["policy_id"], policy["effective_from"], policy["document"])
            )
        else:
            reason = f"a {name} is no policy"
            dead.append(dead_record(batch, record, reason, "type"))
    return fold_policies(state, policies), dead
