"""One broker that is killed, stopped, paused and started again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.kafka import Broker, BrokerError, Cluster, running_cluster
from tests.kafka._records import create_topic, produce, stored


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Run a broker with which these tests may do as they like."""
    with running_cluster(directory=tmp_path_factory.mktemp("cluster")) as cluster:
        yield cluster


@pytest.fixture
def broker(cluster: Cluster) -> Iterator[Broker]:
    """Return the broker, which runs before and after each test."""
    yield cluster.brokers[0]
    cluster.start()


async def test_a_kill_loses_nothing_acknowledged(
    cluster: Cluster, broker: Broker, prefix: str
) -> None:
    """After kill -9 it is another process on the same port, with all its records."""
    topic, before = f"{prefix}records", broker.pid
    values = [b"%d" % number for number in range(100)]
    await create_topic(cluster.bootstrap, topic)
    await produce(cluster.bootstrap, topic, values)

    broker.kill()
    assert not broker.is_running
    broker.start()

    assert broker.pid != before
    assert await stored(broker.address, topic) == values


async def test_it_stops_in_order(cluster: Cluster, broker: Broker, prefix: str) -> None:
    """The log says so, and the records are there after the next start."""
    topic = f"{prefix}records"
    await create_topic(cluster.bootstrap, topic)
    await produce(cluster.bootstrap, topic, [b"one"])

    before = broker.log.read_text()
    broker.stop()
    assert "shut down completed" in broker.log.read_text().removeprefix(before)
    broker.start()

    assert await stored(cluster.bootstrap, topic) == [b"one"]


async def test_a_paused_broker_answers_when_it_goes_on(
    cluster: Cluster, broker: Broker, prefix: str
) -> None:
    """What is sent to it meanwhile waits, and is done then."""
    topic = f"{prefix}records"
    await create_topic(cluster.bootstrap, topic)

    broker.pause()
    sending = asyncio.create_task(produce(cluster.bootstrap, topic, [b"one"]))
    _, waiting = await asyncio.wait({sending}, timeout=0.3)
    assert waiting == {sending}
    assert broker.is_running
    broker.resume()
    await sending

    assert await stored(cluster.bootstrap, topic) == [b"one"]


def test_wrong_use_is_refused(broker: Broker) -> None:
    """A broker is not started twice, and one that is down cannot be killed, stopped or paused."""
    with pytest.raises(BrokerError, match=r"Broker 1 is running already\."):
        broker.start()

    broker.kill()

    for what in (broker.kill, broker.stop, broker.pause, broker.resume):
        with pytest.raises(BrokerError, match="Broker 1 does not run: it ended with status -9"):
            what()
    with pytest.raises(BrokerError, match="does not run"):
        assert broker.pid


def test_a_broker_that_cannot_start_says_why(tmp_path: Path) -> None:
    """The error ends with what Kafka had to say."""
    with (
        pytest.raises(BrokerError, match=r"(?s)Broker 1 does not run: .*no\.such\.Reporter"),
        running_cluster(directory=tmp_path, settings={"metric.reporters": "no.such.Reporter"}),
    ):
        pass


def test_a_setting_that_is_not_valid_is_named(tmp_path: Path) -> None:
    """Kafka refuses it before anything is stored."""
    with (
        pytest.raises(BrokerError, match=r"Invalid value 0 for configuration num\.io\.threads"),
        running_cluster(directory=tmp_path, settings={"num.io.threads": 0}),
    ):
        pass


def test_a_broker_that_ends_by_itself_is_noticed(cluster: Cluster, broker: Broker) -> None:
    """Whoever watches is told, with the end of the log."""
    os.kill(broker.pid, signal.SIGKILL)

    with pytest.raises(BrokerError, match=r"(?s)ended with status -9.*Kafka Server started"):
        cluster.watch()


def test_a_folder_in_use_is_refused(cluster: Cluster, broker: Broker) -> None:
    """A second cluster in the same folder would write into the first one's records."""
    with (
        pytest.raises(BrokerError, match="in use by another process"),
        running_cluster(directory=broker.log.parents[1]),
    ):
        pass

    assert cluster.running == (broker,)


def test_records_of_another_cluster_are_refused(broker: Broker, tmp_path: Path) -> None:
    """A log directory belongs to the cluster that made it."""
    others = broker.log.with_name("data")

    with (
        pytest.raises(BrokerError, match="holds the records of another Kafka cluster"),
        running_cluster(directory=tmp_path, log_directories={0: others}),
    ):
        pass
