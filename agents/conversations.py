"""By account: fold messages into touches, violations, rate cells and audience messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import NamedTuple

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import MisplacedError, commit, read_records, while_ours
from agents._commits import committing
from agents._judging import judging, made_ready
from agents._learning import learn_schemas
from pipeline.accounts import (
    AccountChanges,
    Arrived,
    PolicyInForce,
    fold_events,
    fold_policies,
)
from pipeline.avro import SchemaName, decode, decode_event, topic_of
from pipeline.events import Inbound, Outbound
from pipeline.keyed import KeyedState
from pipeline.monitoring import Work
from pipeline.outputs import cell_outputs, feed_outputs, row_outputs
from pipeline.policy import Policy, PolicyError
from pipeline.state.table import StateTable
from pipeline.topics import Topic
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "conversations"

_LONGEST_REVIEW_SECONDS = 3600.0
"""A new policy has the whole state of a partition read, in one go."""


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    topics = [Topic.POLICIES, Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES]
    table = context.table(app, NAME)
    read_policy = context.wire.reading(_read_policy)
    read_event = context.wire.reading(_read_event)

    @app.agent(batch_topic(app, *topics), name=NAME)
    async def conversations(stream: StreamT[Batch]) -> None:
        async def read(batches: list[Batch]) -> _Read:
            work = context.monitor.take_up(NAME, batches)
            await learn_schemas(context.wire, work)
            policies, dead_policies = read_records(
                [batch for batch in batches if batch.topic == Topic.POLICIES], read_policy, work
            )
            events, dead_events = read_records(
                [batch for batch in batches if batch.topic != Topic.POLICIES], read_event, work
            )
            judged = await judge.of(events, work)
            return _Read(work, policies, judged, [*dead_policies, *dead_events])

        with judging() as judge:
            await _serve(made_ready(by_partition(aiter(stream)), read), app, context, table)


class _Read(NamedTuple):
    """What some batches of one partition held."""

    work: Work
    policies: list[PolicyInForce]
    events: list[Arrived]
    dead: list[Output]


async def _serve(
    came: AsyncIterator[_Read], app: faust.App, context: Context, table: StateTable
) -> None:
    async with committing() as commits:
        async for work, policies, events, dead in came:
            partition = work.batches[0].partition
            await commits.settle(partition)
            with while_ours():
                state = table.changes(partition)
                reviewed = _review(state, policies, work)
                folded = fold_events(state, events)
                work.repeated = folded.repeated
                outputs = [
                    *dead,
                    *_outputs(reviewed, partition, context),
                    *_outputs(folded.changes, partition, context),
                ]
                commit_all = commit(app, work, context.wire.outgoing(outputs), (table, state))
                await commits.begin(partition, commit_all)


def _review(state: KeyedState, policies: list[PolicyInForce], work: Work) -> AccountChanges:
    if not policies:
        return AccountChanges.none()
    with work.busy(_LONGEST_REVIEW_SECONDS, blocks=True):
        return fold_policies(state, policies)


def _outputs(changes: AccountChanges, partition: int, context: Context) -> list[Output]:
    return [
        *row_outputs(changes, partition),
        *cell_outputs(changes, partition),
        *feed_outputs(changes, context.partitions),
    ]


def _read_event(topic: str, value: bytes) -> tuple[Outbound | Inbound, bytes]:
    event = decode_event(value)
    belongs = topic_of(event)
    if belongs != topic:
        raise MisplacedError(f"a {event.type} belongs into {belongs}, not into {topic}")
    assert isinstance(event, Outbound | Inbound), "the topics of this agent hold nothing else"
    return event, value


def _read_policy(topic: str, value: bytes) -> PolicyInForce:
    name, policy = decode(value)
    if name is not SchemaName.POLICY:
        raise MisplacedError(f"a {name} does not belong into {topic}")
    effective_from = policy["effective_from"]
    if effective_from is not None and effective_from < 0:
        raise MisplacedError("effective_from lies before 1970")
    try:
        Policy.from_document(policy["document"])
    except PolicyError as error:
        raise MisplacedError(f"its document is no policy: {error}") from None
    return PolicyInForce(policy["policy_id"], effective_from, policy["document"])
