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
from agents._policies import read_policy
from agents._reviewing import reviewing
from pipeline.accounts import Broken, PolicyInForce, add_policies
from pipeline.campaigns import fold_campaigns
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState
from pipeline.outputs import (
    CampaignNews,
    WorkspaceNews,
    alert_outputs,
    broken_updates,
    pause_outputs,
    read_campaign,
    read_pause,
    read_workspace,
    review_output,
    risk_outputs,
    violation_outputs,
)
from pipeline.pauses import Pause
from pipeline.risk import Follow, News, watch
from pipeline.topics import Topic
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic
from pipeline.worker import TOLD, Context

NAME = "campaigns"

_TOPICS = (
    Topic.CAMPAIGN_POLICIES,
    Topic.CAMPAIGN_PAUSES,
    Topic.WORKSPACE_ANSWERS,
    Topic.CAMPAIGN_TOUCHES,
)
_SOURCES = (
    Topic.POLICIES,
    Topic.PAUSES,
    Topic.DM_SENT,
    Topic.FOLLOW_UPS,
    Topic.REPLIES,
    Topic.CREATOR_CONTACTS,
)
_LONGEST_WATCH_SECONDS = 3600.0
"""Late messages may have months gone through once more, in one go."""

_Read = CampaignNews | WorkspaceNews | Pause | PolicyInForce


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""
    table = context.table(app, NAME)
    told_table = context.table(app, TOLD)
    pace = Pace(app, context.monitor, NAME, Topic.CAMPAIGN_TOUCHES, _SOURCES)

    @app.agent(batch_topic(app, *_TOPICS), name=NAME)
    async def campaigns(stream: StreamT[Batch]) -> None:
        async with reviewing(app, context, told_table), committing() as commits:
            async for batches in by_partition(aiter(stream), pace.may_begin):
                partition = batches[0].partition
                work = context.monitor.take_up(NAME, batches)
                read, dead = read_records(batches, _read, work)
                await commits.settle(partition)
                with while_ours():
                    state, told = table.changes(partition), told_table.changes(partition)
                    with work.busy(_LONGEST_WATCH_SECONDS, blocks=True):
                        follow = pace.follow(partition)
                        outputs = [
                            *dead,
                            *_outputs(state, told, read, follow, partition, context.partitions),
                        ]
                    outgoing = context.wire.outgoing(outputs)
                    commit_all = commit(app, work, outgoing, (table, state), (told_table, told))
                    await commits.begin(partition, commit_all)


def _outputs(  # noqa: PLR0913, PLR0917 - both states, what was read, and what becomes of it
    state: KeyedState,
    told: KeyedState,
    read: list[_Read],
    follow: Follow,
    partition: int,
    partitions: int,
) -> list[Output]:
    add_policies(state, [each for each in read if isinstance(each, PolicyInForce)])
    came = [each for each in read if isinstance(each, CampaignNews)]
    broken = Broken.none()
    violations = fold_campaigns(state, chain.from_iterable(each.touches for each in came), broken)
    news = News(
        risk=[*chain.from_iterable(each.risk for each in came), *broken_updates(broken)],
        copies=[*chain.from_iterable(each.copies for each in came)],
        answers=[
            update for each in read if isinstance(each, WorkspaceNews) for update in each.answers
        ],
        pauses=[each for each in read if isinstance(each, Pause)],
        reviews={each.campaign for each in came if each.is_review},
    )
    watched = watch(state, told, news, Milliseconds(time.time_ns() // 1_000_000), follow=follow)
    return [
        *violation_outputs(violations, partition),
        *risk_outputs(watched.risks, partition),
        *alert_outputs(watched.alerts, partition),
        *chain.from_iterable(pause_outputs(pause, partitions) for pause in watched.pauses),
        # They come back behind all that is on its way to this partition by now.
        *(review_output(campaign, partitions) for campaign in watched.deferred),
    ]


def _read(topic: str, value: bytes) -> _Read:
    if topic == Topic.CAMPAIGN_POLICIES:
        return read_policy(topic, value)
    if topic == Topic.CAMPAIGN_PAUSES:
        return read_pause(value)
    return read_workspace(value) if topic == Topic.WORKSPACE_ANSWERS else read_campaign(value)
