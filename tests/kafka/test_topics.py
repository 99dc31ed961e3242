from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest

from pipeline.cluster import (
    NOTES,
    ClusterError,
    Remedy,
    TopicsError,
    check_topics,
    make_topics,
    states_of,
)
from pipeline.cluster._admin import administering
from pipeline.topics import Topic
from tests.kafka._clusters import plans_for, without_topics

TABLES = ("conversations", "creators", "campaigns", "told", "notifications")
CHANGELOGS = {f"outreach-{name}-changelog" for name in TABLES}


@pytest.fixture
async def broker(kafka: str) -> AsyncIterator[str]:
    """Return a broker without topics."""
    async with without_topics(kafka):
        yield kafka


async def change(kafka: str, topic: str, settings: Mapping[str, str]) -> None:
    """Give a topic settings, as an operator does."""
    async with administering(kafka) as admin:
        found = await admin.topics({topic})
        await admin.change(found[topic], settings)
        while not settings.items() <= found[topic].settings.items():
            found = await admin.topics({topic})


async def test_topics_are_made_as_they_must_be(broker: str) -> None:
    """Every topic of the product, of the agents' tables and the notes; a check finds no fault."""
    plans = plans_for(broker)
    with pytest.raises(
        TopicsError, match=r"missing: .*\n  What helps: run `outreach topics create`"
    ):
        await check_topics(broker, plans)

    made = await make_topics(broker, plans, repair=False)

    assert set(made.created) == {*Topic, *CHANGELOGS, NOTES}
    assert (made.repaired, made.problems) == ((), ())
    await check_topics(broker, plans)


async def test_made_again_nothing_happens(broker: str) -> None:
    """Whoever installs a new version may always run it."""
    plans = plans_for(broker)
    await make_topics(broker, plans, repair=False)
    made = await make_topics(broker, plans, repair=True)
    assert (made.created, made.repaired, made.problems) == ((), (), ())


async def test_settings_are_repaired_on_request_and_others_stay(broker: str) -> None:
    """What an operator has set beside ours is theirs."""
    plans = plans_for(broker)
    await make_topics(broker, plans, repair=False)
    theirs = {"retention.ms": "1000", "cleanup.policy": "compact", "segment.bytes": "1048576"}
    await change(broker, Topic.REPLIES, theirs)

    made = await make_topics(broker, plans, repair=False)
    assert {problem.remedy for problem in made.problems} == {Remedy.REPAIR}
    assert {problem.what for problem in made.problems} == {
        "retention.ms is 1000 where it must be -1",
        "cleanup.policy is compact where it must be delete",
    }

    made = await make_topics(broker, plans, repair=True)
    assert (made.repaired, made.problems) == ((Topic.REPLIES,), ())
    async with administering(broker) as admin:
        settings = (await admin.topics({Topic.REPLIES}))[Topic.REPLIES].settings
    assert settings["segment.bytes"] == "1048576"


async def test_a_larger_record_than_ours_will_do(broker: str) -> None:
    """What must be at least something may be more."""
    plans = plans_for(broker)
    await make_topics(broker, plans, repair=False)
    await change(broker, Topic.RATE_CELLS, {"max.message.bytes": "16777216"})
    await check_topics(broker, plans)


async def test_another_number_of_partitions_is_refused(broker: str) -> None:
    """Nothing changes it: accounts would move away from their history."""
    await make_topics(broker, plans_for(broker), repair=False)

    made = await make_topics(broker, plans_for(broker, OUTREACH_PARTITIONS="4"), repair=True)

    assert made.created == made.repaired == ()
    assert {problem.what for problem in made.problems} == {"3 partitions where there must be 4"}
    assert {problem.remedy for problem in made.problems} == {Remedy.COUNT}
    assert {problem.topic for problem in made.problems} == {*Topic, *CHANGELOGS}


async def test_too_few_replicas_are_told(broker: str) -> None:
    """Settings that follow from it are named, too."""
    await make_topics(broker, plans_for(broker), repair=False)
    with pytest.raises(TopicsError) as caught:
        await check_topics(broker, plans_for(broker, OUTREACH_REPLICATION="3"))
    remedies = {problem.remedy for problem in caught.value.problems}
    assert remedies == {Remedy.REASSIGN, Remedy.REPAIR}
    assert "1 replicas where there must be 3" in str(caught.value)


async def test_more_replicas_than_brokers_cannot_be_made(broker: str) -> None:
    """What Kafka says of it is passed on."""
    with pytest.raises(ClusterError, match=r"(?i)replication factor"):
        await make_topics(broker, plans_for(broker, OUTREACH_REPLICATION="3"), repair=False)


async def test_states_say_what_is_there(broker: str) -> None:
    """A topic that is missing has a problem, one without records none."""
    plans = plans_for(broker)
    await make_topics(broker, plans[:3], repair=False)
    states = {state.plan.name: state for state in await states_of(broker, plans)}
    assert set(states) == {plan.name for plan in plans}
    for plan in plans[:3]:
        assert (states[plan.name].records, states[plan.name].problems) == (0, ())
    assert all(states[plan.name].found is None for plan in plans[3:])


async def test_brokers_that_do_not_answer_are_named(unused_tcp_port: int) -> None:
    """Nobody listens there."""
    kafka = f"127.0.0.1:{unused_tcp_port}"
    with pytest.raises(ClusterError, match=f"Kafka at {kafka}"):
        await check_topics(kafka, plans_for(kafka))
