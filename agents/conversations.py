"""By account: fold messages into touches, violations, rate cells and audience messages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import chain
from typing import NamedTuple

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import MisplacedError, commit, read_records, while_ours
from agents._commits import committing
from agents._judging import judging, made_ready
from agents._learning import learn_schemas
from agents._policies import read_policy
from pipeline.accounts import (
    AccountChanges,
    Arrived,
    PolicyInForce,
    fold_events,
    fold_pauses,
    fold_policies,
)
from pipeline.avro import decode_event, topic_of
from pipeline.events import Inbound, Outbound
from pipeline.keyed import KeyedState
from pipeline.monitoring import Work
from pipeline.outputs import cell_outputs, feed_outputs, read_pause, row_outputs
from pipeline.pauses import Pause
from pipeline.state.table import StateTable
from pipeline.topics import Topic
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic
from pipeline.worker import Context

NAME = "conversations"

_DECISIONS = frozenset({Topic.POLICIES, Topic.PAUSES})
_LONGEST_REVIEW_SECONDS = 3600.0
"""A new policy has the whole state of a partition read, in one go."""


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    topics = [Topic.POLICIES, Topic.PAUSES, Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES]
    table = context.table(app, NAME)
    read_policies = context.wire.reading(read_policy)
    read_pauses = context.wire.reading(lambda _, value: read_pause(value))
    read_event = context.wire.reading(_read_event)

    @app.agent(batch_topic(app, *topics), name=NAME)
    async def conversations(stream: StreamT[Batch]) -> None:
        async def read(batches: list[Batch]) -> _Read:
            work = context.monitor.take_up(NAME, batches)
            await learn_schemas(context.wire, work)
            policies, dead_policies = read_records(
                [batch for batch in batches if batch.topic == Topic.POLICIES], read_policies, work
            )
            pauses, dead_pauses = read_records(
                [batch for batch in batches if batch.topic == Topic.PAUSES], read_pauses, work
            )
            events, dead_events = read_records(
                [batch for batch in batches if batch.topic not in _DECISIONS], read_event, work
            )
            judged = await judge.of(events, work)
            return _Read(
                work, policies, pauses, judged, [*dead_policies, *dead_pauses, *dead_events]
            )

        with judging(context.lexicons) as judge:
            await _serve(made_ready(by_partition(aiter(stream)), read), app, context, table)


class _Read(NamedTuple):
    """What some batches of one partition held."""

    work: Work
    policies: list[PolicyInForce]
    pauses: list[Pause]
    events: list[Arrived]
    dead: list[Output]


async def _serve(
    came: AsyncIterator[_Read], app: faust.App, context: Context, table: StateTable
) -> None:
    async with committing() as commits:
        async for work, policies, pauses, events, dead in came:
            partition = work.batches[0].partition
            await commits.settle(partition)
            with while_ours():
                state = table.changes(partition)
                reviewed = _review(state, policies, pauses, work)
                folded = fold_events(state, events)
                work.repeated = folded.repeated
                outputs = [
                    *dead,
                    *chain.from_iterable(
                        _outputs(changes, partition, context)
                        for changes in (*reviewed, folded.changes)
                    ),
                ]
                commit_all = commit(app, work, context.wire.outgoing(outputs), (table, state))
                await commits.begin(partition, commit_all)


def _review(
    state: KeyedState, policies: list[PolicyInForce], pauses: list[Pause], work: Work
) -> list[AccountChanges]:
    if not policies and not pauses:
        return []
    with work.busy(_LONGEST_REVIEW_SECONDS, blocks=True):
        return [fold_policies(state, policies), fold_pauses(state, pauses)]


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
