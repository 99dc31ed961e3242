from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from pipeline.topics import Topic
from pipeline.warehouse import Address
from tests.kafka._clusters import PARTITIONS, with_topics, without_topics
from tests.kafka._workers import Cluster

NOWHERE = Address("127.0.0.1", 1, "default", "")


@pytest.fixture
async def bare(kafka: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    """Return a cluster without topics; these commands need no warehouse."""
    async with without_topics(kafka):
        yield Cluster(kafka, NOWHERE, tmp_path)


@pytest.fixture
async def ready(kafka: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    """Return a cluster with topics."""
    async with with_topics(kafka):
        yield Cluster(kafka, NOWHERE, tmp_path)


def test_topics_are_created_and_found_right(bare: Cluster) -> None:
    """Each is named as it is made; before, a check says what to do."""
    before = bare.outreach_afresh("topics", "check")
    assert (before.status, "run `outreach topics create`" in before.said) == (1, True)

    created = bare.outreach("topics", "create")

    assert created.status == 0
    made = created.output.splitlines()
    assert {f"created {topic}" for topic in Topic} < set(made)
    after = bare.outreach("topics", "check")
    assert (after.status, after.said) == (0, f"All {len(made)} topics are as they must be.")
    again = bare.outreach("topics", "create", "--repair")
    assert (again.status, again.output) == (0, "")


def test_the_list_says_what_is_there_and_what_differs(ready: Cluster) -> None:
    """A line a topic, then what is not as it must be."""
    listed = ready.outreach("topics", OUTREACH_REPLICATION="3")
    assert listed.status == 0
    table, _, below = listed.output.partition("1 replicas where there must be 3: ")
    rows = {line.split()[0]: line.split()[1:] for line in table.splitlines()[1:]}
    assert rows[Topic.DM_SENT] == [str(PARTITIONS), "1", "0", "all"]
    assert rows[Topic.RATE_CELLS] == [str(PARTITIONS), "1", "0", "all"]
    assert rows["outreach-creators-changelog"] == [
        str(PARTITIONS),
        "1",
        "0",
        *["newest", "of", "key"],
    ]
    assert "OUTREACH_REPLICATION" in below


def test_brokers_that_are_away_are_named(tmp_path: Path, unused_tcp_port: int) -> None:
    """The command ends with the address, and no stack."""
    away = Cluster(f"127.0.0.1:{unused_tcp_port}", NOWHERE, tmp_path)
    for words in ([], ["check"], ["create"]):
        ended = away.outreach("topics", *words)
        assert ended.status == 1
        assert ended.said.startswith(f"Kafka at 127.0.0.1:{unused_tcp_port}: ")
        assert "Traceback" not in ended.messages
