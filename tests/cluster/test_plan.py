from __future__ import annotations

import pytest

from pipeline.cluster import NOTES, ClusterSettings, plan_topics
from pipeline.cluster._plan import Requirement
from pipeline.topics import CLEANUP, Cleanup, Topic

CHANGELOG = "outreach-conversations-changelog"
DAY = 86_400_000


def planned(**variables: str) -> dict[str, dict[str, str]]:
    """Return the settings of every topic of a plan, with both counts."""
    settings = ClusterSettings.of({"OUTREACH_KAFKA": "one:9092"} | variables)
    return {
        plan.name: {key: needed.value for key, needed in plan.settings.items()}
        | {"partitions": str(plan.partitions), "replication": str(plan.replication)}
        for plan in plan_topics(settings, [CHANGELOG])
    }


def test_every_topic_is_planned_once() -> None:
    """Those of the product, the changelogs and the notes."""
    settings = ClusterSettings.of({"OUTREACH_KAFKA": "one:9092"})
    names = [plan.name for plan in plan_topics(settings, [CHANGELOG])]
    assert sorted(names) == sorted([*Topic, CHANGELOG, NOTES])


def test_what_belongs_to_an_account_has_one_number_of_partitions() -> None:
    """Only the notes, which belong to nobody, have one."""
    topics = planned(OUTREACH_PARTITIONS="7")
    assert topics.pop(NOTES)["partitions"] == "1"
    assert {topic["partitions"] for topic in topics.values()} == {"7"}


@pytest.mark.parametrize(
    "topic", [topic for topic in Topic if CLEANUP[topic] is not Cleanup.COMPACT]
)
def test_neither_age_nor_size_removes_a_record(topic: Topic) -> None:
    """Whatever the brokers' defaults: events are the truth, and of a feed its reader decides."""
    settings = planned()[topic]
    assert settings["cleanup.policy"] == "delete"
    assert (settings["retention.ms"], settings["retention.bytes"]) == ("-1", "-1")


def test_state_is_compacted_and_remembers_deletions_for_a_day() -> None:
    """A worker that was away for less misses none."""
    topics = planned()
    compacted = [topic for topic in Topic if CLEANUP[topic] is Cleanup.COMPACT]
    for name in (*compacted, CHANGELOG, NOTES):
        assert topics[name]["cleanup.policy"] == "compact"
        assert topics[name]["delete.retention.ms"] == str(DAY)


@pytest.mark.parametrize(
    ("replication", "quorum"), [("1", "1"), ("2", "1"), ("3", "2"), ("5", "2")]
)
def test_with_three_replicas_two_have_a_record_before_it_counts(
    replication: str, quorum: str
) -> None:
    """With fewer, one broker that is away would stop everything."""
    topics = planned(OUTREACH_REPLICATION=replication)
    for topic in topics.values():
        assert (topic["replication"], topic["min.insync.replicas"]) == (replication, quorum)


@pytest.mark.parametrize(
    ("needed", "found", "is_met"),
    [
        (Requirement("compact"), "compact", True),
        (Requirement("compact"), "compact,delete", False),
        (Requirement("-1"), "-1", True),
        (Requirement("-1"), "604800000", False),
        (Requirement("-1", at_least=True), "604800000", False),
        (Requirement("2", at_least=True), "1", False),
        (Requirement("2", at_least=True), "2", True),
        (Requirement("2", at_least=True), "3", True),
        (Requirement("2", at_least=True), "-1", True),
        (Requirement("2", at_least=True), None, False),
        (Requirement("false"), None, False),
    ],
)
def test_a_requirement_says_what_will_do(
    needed: Requirement, found: str | None, *, is_met: bool
) -> None:
    """More will do where it says so, and nothing else."""
    assert needed.is_met_by(found) is is_met
