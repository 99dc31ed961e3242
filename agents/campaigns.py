"""By campaign: touches beyond its daily cap, its spam risk, and the alerts of it."""

from __future__ import annotations

import time
from itertools import chain

import faust
from faust.types import StreamT

from agents._arrivals import by_partition
from agents._batches import commit, read_records, while_ours
from agents._commits import committing
from agents._pacing import Pace
from agents._reviewing import reviewing
from pipeline.accounts import Broken
from pipeline.campaigns import fold_campaigns
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState
from pipeline.outputs import (
    CampaignNews,
    alert_outputs,
    broken_updates,
    read_campaign,
    risk_outputs,
    violation_outputs,
)
from pipeline.risk import watch
from pipeline.topics import Topic
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic
from pipeline.worker import TOLD, Context

NAME = "campaigns"

_SOURCES = (Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES)
_LONGEST_WATCH_SECONDS = 3600.0
"""Late messages may have months gone through once more, in one go."""


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    table = context.table(app, NAME)
    told_table = context.table(app, TOLD)
    pace = Pace(app, _SOURCES)

    @app.agent(batch_topic(app, Topic.CAMPAIGN_TOUCHES), name=NAME)
    async def campaigns(stream: StreamT[Batch]) -> None:
        async with reviewing(app, context, told_table), committing() as commits:
            async for batches in by_partition(aiter(stream), pace.may_begin):
                partition = batches[0].partition
                work = context.monitor.take_up(NAME, batches)
                read, dead = read_records(batches, lambda _, value: read_campaign(value), work)
                await commits.settle(partition)
                with while_ours():
                    state, told = table.changes(partition), told_table.changes(partition)
                    with work.busy(_LONGEST_WATCH_SECONDS, blocks=True):
                        outputs = [*dead, *_outputs(state, told, read, partition)]
                    outgoing = context.wire.outgoing(outputs)
                    commit_all = commit(app, work, outgoing, (table, state), (told_table, told))
                    await commits.begin(partition, commit_all)


def _outputs(
    state: KeyedState, told: KeyedState, read: list[CampaignNews], partition: int
) -> list[Output]:
    broken = Broken.none()
    violations = fold_campaigns(state, chain.from_iterable(news.touches for news in read), broken)
    watched = watch(
        state,
        told,
        [*chain.from_iterable(news.risk for news in read), *broken_updates(broken)],
        chain.from_iterable(news.copies for news in read),
        {news.campaign for news in read if news.is_review},
        Milliseconds(time.time_ns() // 1_000_000),
    )
    return [
        *violation_outputs(violations, partition),
        *risk_outputs(watched.risks, partition),
        *alert_outputs(watched.alerts, partition),
    ]
