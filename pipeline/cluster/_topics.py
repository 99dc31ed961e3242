"""The topics of a cluster: made, mended, checked and counted."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, TopicPartition  # type: ignore[import-untyped]  # as it ships

from pipeline.cluster._admin import Admin, FoundTopic, administering
from pipeline.cluster._check import Remedy, TopicProblem, TopicsError, problems_of
from pipeline.cluster._plan import TopicPlan

_LOOK_EVERY = 0.1
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class TopicState:
    """A topic that must be there, and what is there."""

    plan: TopicPlan
    found: FoundTopic | None
    records: int
    """How many offsets it holds: records, and the marks at the ends of transactions."""
    problems: tuple[TopicProblem, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What `make_topics` did."""

    created: tuple[str, ...]
    repaired: tuple[str, ...]
    problems: tuple[TopicProblem, ...]
    """What is still wrong."""


async def check_topics(kafka: str, plans: Sequence[TopicPlan]) -> None:
    """Make sure that the topics of the cluster are as planned.

    Raises TopicsError, which names everything that is not, and ClusterError.
    """
    async with administering(kafka) as admin:
        found = await admin.topics({plan.name for plan in plans})
    problems = tuple(problems_of(plans, found))
    if problems:
        raise TopicsError(problems)


async def make_topics(kafka: str, plans: Sequence[TopicPlan], *, repair: bool) -> Made:
    """Make the topics that are missing, and with `repair` change settings that are wrong.

    Whatever else is wrong stays as it is, and is told. Raises ClusterError.
    """
    names = {plan.name for plan in plans}
    async with administering(kafka) as admin:
        found = await admin.topics(names)
        missing = [plan for plan in plans if plan.name not in found]
        if missing:
            await admin.create(missing)
        repaired = []
        for plan in plans if repair else ():
            topic = found.get(plan.name)
            if topic is not None and _can_be_repaired(plan, topic):
                needed = plan.settings.items()
                wrong = {
                    key: need.value
                    for key, need in needed
                    if not need.is_met_by(topic.settings.get(key))
                }
                await admin.change(topic, wrong)
                repaired.append(plan.name)
        problems = await _problems_after(admin, plans, repaired)
    return Made(tuple(plan.name for plan in missing), tuple(repaired), problems)


async def _problems_after(
    admin: Admin, plans: Sequence[TopicPlan], repaired: Sequence[str]
) -> tuple[TopicProblem, ...]:
    """Return what is wrong once every broker knows of the repair."""
    names = {plan.name for plan in plans}
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while True:
            problems = tuple(problems_of(plans, await admin.topics(names)))
            if not any(
                problem.topic in repaired and problem.remedy is Remedy.REPAIR
                for problem in problems
            ):
                return problems
            await asyncio.sleep(_LOOK_EVERY)


async def states_of(kafka: str, plans: Sequence[TopicPlan]) -> list[TopicState]:
    """Return what is there of each planned topic. Raises ClusterError."""
    async with administering(kafka) as admin:
        found = await admin.topics({plan.name for plan in plans})
    counts = await _counts(kafka, [topic for topic in found.values() if topic.has_leaders])
    return [
        TopicState(
            plan,
            found.get(plan.name),
            counts.get(plan.name, 0),
            tuple(problems_of([plan], found)),
        )
        for plan in plans
    ]


def _can_be_repaired(plan: TopicPlan, topic: FoundTopic) -> bool:
    problems = problems_of([plan], {topic.name: topic})
    return any(problem.remedy is Remedy.REPAIR for problem in problems)


async def _counts(kafka: str, topics: Sequence[FoundTopic]) -> dict[str, int]:
    partitions = [
        TopicPartition(topic.name, number) for topic in topics for number in range(topic.partitions)
    ]
    consumer = AIOKafkaConsumer(bootstrap_servers=kafka, client_id="outreach")
    await consumer.start()
    try:
        starts = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
    finally:
        await consumer.stop()
    counts = dict.fromkeys((topic.name for topic in topics), 0)
    for partition in partitions:
        counts[partition.topic] += ends[partition] - starts[partition]
    return counts
