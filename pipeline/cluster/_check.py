"""Compare the topics of a cluster with what they must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from pipeline.cluster._admin import FoundTopic
from pipeline.cluster._plan import TopicPlan


class Remedy(StrEnum):
    """What helps."""

    CREATE = "run `outreach topics create`"
    REPAIR = "run `outreach topics create --repair`"
    COUNT = (
        "a partition count cannot be changed, because accounts would move to other partitions than "
        "their history: set OUTREACH_PARTITIONS to the number that the topics have, or make a new "
        "cluster and import everything into it"
    )
    REASSIGN = (
        "give it more replicas with kafka-reassign-partitions.sh, or set OUTREACH_REPLICATION to "
        "the number that it has"
    )


@dataclass(frozen=True, slots=True)
class TopicProblem:
    """One thing about a topic that is not as it must be."""

    topic: str
    what: str
    remedy: Remedy


class TopicsError(Exception):
    """The topics are not what they must be; the message says of each what, and what helps."""

    def __init__(self, problems: Iterable[TopicProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(explain(self.problems))


def problems_of(
    plans: Iterable[TopicPlan], found: Mapping[str, FoundTopic]
) -> Iterator[TopicProblem]:
    """Yield what is wrong with the topics of a cluster; nothing where all is well."""
    for plan in plans:
        topic = found.get(plan.name)
        if topic is None:
            yield TopicProblem(plan.name, "missing", Remedy.CREATE)
        else:
            yield from _problems(plan, topic)


def explain(problems: Iterable[TopicProblem]) -> Iterator[str]:
    """Yield the problems in words: topics with the same one together, and after it what helps."""
    by_remedy: dict[Remedy, dict[str, list[str]]] = {}
    for problem in problems:
        topics = by_remedy.setdefault(problem.remedy, {}).setdefault(problem.what, [])
        topics.append(problem.topic)
    for remedy, some in by_remedy.items():
        for what, topics in some.items():
            yield f"{what}: {', '.join(topics)}"
        yield f"  What helps: {remedy}."


def _problems(plan: TopicPlan, topic: FoundTopic) -> Iterator[TopicProblem]:
    if topic.partitions != plan.partitions:
        what = f"{topic.partitions} partitions where there must be {plan.partitions}"
        yield TopicProblem(plan.name, what, Remedy.COUNT)
    if topic.replication < plan.replication:
        what = f"{topic.replication} replicas where there must be {plan.replication}"
        yield TopicProblem(plan.name, what, Remedy.REASSIGN)
    for key, needed in plan.settings.items():
        value = topic.settings.get(key)
        if not needed.is_met_by(value):
            what = f"{key} is {value} where it must be {needed}"
            yield TopicProblem(plan.name, what, Remedy.REPAIR)
