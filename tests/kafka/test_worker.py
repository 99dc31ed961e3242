from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from examples.agency_quarter import generate, write
from pipeline.cluster import make_topics
from pipeline.warehouse import Address
from tests.kafka._clusters import PARTITIONS, plans_for
from tests.kafka._workers import Cluster, until
from tests.system._expected import derived
from tests.system.outreach import Views, outreach, views_of

EVENTS = 4_000
WORKING = "Working, with"
STANDS = "table conversations partition"


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a log with a line that cannot be used."""
    file = tmp_path_factory.mktemp("log") / "log.jsonl"
    write(file, generate(5, EVENTS))
    with file.open("ab") as end:
        end.write(b'{"type": "reply"}\n')
    return file


@pytest.fixture(scope="module")
def embedded(log: Path, tmp_path_factory: pytest.TempPathFactory) -> Views:
    """Return what the log gives in one process."""
    data = tmp_path_factory.mktemp("embedded") / "data"
    assert outreach("run", log, "--data", data).status == 1
    return views_of(data)


def without_times(views: Views) -> Views:
    """Leave out when something was put aside, and what people were told by what was known then."""
    letters = [{**row, "at": 0} for row in views["dead_letters"]]
    return {**derived(views), "dead_letters": letters}


def test_three_workers_find_what_one_process_finds(
    cluster: Cluster, log: Path, embedded: Views
) -> None:
    """Row for row, in every view; and the same file again changes nothing."""
    with cluster.worker("one") as one, cluster.worker("two") as two:
        one.until_it_says(WORKING)
        two.until_it_says(WORKING)
        imported = cluster.outreach("import", log)
        assert (imported.status, f"Took in {EVENTS:,} events" in imported.said) == (1, True)
        with cluster.worker("three", "--until-drained") as three:
            assert three.process.wait() == 0, three.said
        assert without_times(cluster.views()) == without_times(embedded)

        again = cluster.outreach("import", log)
        assert (again.status, "Took in 0 events" in again.said) == (0, True)
        one.stop()
        two.stop()

    assert one.partitions | two.partitions | three.partitions == set(range(PARTITIONS))
    assert all(worker.partitions for worker in (one, two))


def test_another_worker_goes_on_where_one_was_killed(
    cluster: Cluster, log: Path, embedded: Views
) -> None:
    """Nothing is lost and nothing doubled, whatever it had in work."""
    with cluster.worker("killed", OUTREACH_BATCH_RECORDS="50") as killed:
        killed.until_it_says(WORKING)
        with cluster.worker("other") as other:
            other.until_it_says(WORKING)
            cluster.outreach("import", log)
            killed.process.kill()
            with cluster.worker("last", "--until-drained") as last:
                assert last.process.wait() == 0, last.said
            other.stop()
    assert without_times(cluster.views()) == without_times(embedded)


def test_a_worker_refuses_topics_that_are_wrong(cluster: Cluster) -> None:
    """It says what is wrong and what helps, before it touches anything."""
    refused = cluster.outreach_afresh("worker", OUTREACH_PARTITIONS="5")
    assert refused.status == 1
    assert f"{PARTITIONS} partitions where there must be 5: outreach.dm-sent" in refused.said
    assert "a partition count cannot be changed" in refused.said


def test_a_worker_refuses_a_warehouse_without_tables(
    kafka: str, bare_warehouse: Address, tmp_path: Path
) -> None:
    """Somebody has to migrate it first."""
    asyncio.run(make_topics(kafka, plans_for(kafka), repair=True))
    cluster = Cluster(kafka, bare_warehouse, tmp_path)
    refused = cluster.outreach_afresh("worker")
    assert refused.status == 1
    assert "0001_touches.sql" in refused.said
    assert refused.said.endswith("run `outreach migrate`")


def test_two_workers_cannot_share_a_state_directory(cluster: Cluster) -> None:
    """The second names the first, and how to get a directory of its own."""
    with cluster.worker("one") as one:
        one.until_it_says(WORKING)
        refused = cluster.outreach_afresh("worker", OUTREACH_STATE=str(one.state))
        assert refused.status == 2
        assert f"process {one.process.pid} (" in refused.said
        assert "OUTREACH_STATE" in refused.said


def test_wrong_settings_are_named(cluster: Cluster) -> None:
    """Each with its key, before anybody is asked anything."""
    refused = cluster.outreach_afresh("worker", OUTREACH_KAFKA="nowhere")
    assert (refused.status, "OUTREACH_KAFKA is 'nowhere'" in refused.said) == (2, True)
    refused = cluster.outreach_afresh("worker", OUTREACH_CLICKHOUSE_HOST="")
    assert (refused.status, "OUTREACH_CLICKHOUSE_HOST" in refused.said) == (2, True)


def test_policies_and_dead_letters_reach_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    """A policy is loaded once; what cannot be brought back is counted."""
    policy, bad = tmp_path / "policy.toml", tmp_path / "bad.jsonl"
    policy.write_text("[rules]\nmax_follow_ups = 1\n")
    bad.write_text("bad\n")
    assert cluster.outreach("policy", "load", policy).said.endswith("is loaded.")
    assert cluster.outreach("policy", "load", policy).said.endswith("nothing changes.")
    assert cluster.outreach("import", bad).status == 1
    replayed = cluster.outreach("dead-letters", "replay")
    assert (replayed.status, replayed.output) == (1, "0 brought back, 1 still unusable.\n")


def test_without_a_cluster_the_commands_ask_which_system(cluster: Cluster) -> None:
    """They name both ways, and send nothing anywhere."""
    for words in (["import", "-"], ["dead-letters", "replay"]):
        refused = cluster.outreach(*words, OUTREACH_KAFKA="")
        assert refused.status == 2
        assert "give --data DIR" in refused.said
        assert "OUTREACH_KAFKA" in refused.said


def test_a_worker_with_a_name_gets_its_partitions_back(cluster: Cluster) -> None:
    """Started again within its session, it has the same ones, and the other has not noticed."""
    with (
        cluster.worker("one", OUTREACH_INSTANCE="one", OUTREACH_SESSION_SECONDS="20") as one,
        cluster.worker("two", OUTREACH_INSTANCE="two", OUTREACH_SESSION_SECONDS="20") as two,
    ):
        for worker in (one, two):
            worker.until_it_says(WORKING)
        until(lambda: one.partitions_now and two.partitions_now, one, two)
        until(lambda: not one.partitions_now & two.partitions_now, one, two)
        before, assignments = one.partitions_now, two.said.count(STANDS)
        one.stop()
        with cluster.worker("one", OUTREACH_INSTANCE="one", OUTREACH_SESSION_SECONDS="20") as again:
            again.until_it_says(WORKING)
            assert again.partitions_now == before
            again.stop()
        two.stop()
        assert two.said.count(STANDS) == assignments
