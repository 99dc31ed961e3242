"""Kafka under the contract of all transports."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from deploy.kafka import running_cluster
from tests.contract.transport import TransportContract
from tests.kafka._kafka_broker import KafkaBroker


@pytest.fixture(scope="module")
def own_kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a broker that only these tests use, and that cleans at once."""
    settings = {"log.cleaner.backoff.ms": 50, "log.segment.delete.delay.ms": 100}
    directory = tmp_path_factory.mktemp("kafka")
    with running_cluster(directory=directory, settings=settings) as cluster:
        yield cluster.bootstrap


class TestKafkaTransport(TransportContract):
    """The whole contract."""

    @pytest.fixture
    async def broker(
        self, own_kafka: str, monkeypatch: pytest.MonkeyPatch
    ) -> AsyncIterator[KafkaBroker]:
        """Return an empty log, whose groups notice within a second that a member is dead."""
        monkeypatch.setenv("BROKER_SESSION_TIMEOUT", "1.0")
        monkeypatch.setenv("BROKER_HEARTBEAT_INTERVAL", "0.2")
        async with KafkaBroker.connected(own_kafka) as broker:
            await broker.empty()
            yield broker
