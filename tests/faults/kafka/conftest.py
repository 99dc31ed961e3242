"""One broker for the drills of a test process that need no more."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.kafka import Cluster as Brokers
from tests.faults._brokers import brokers


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brokers]:
    """Run a broker with which a drill may do as it likes."""
    with brokers(tmp_path_factory.mktemp("kafka")) as cluster:
        yield cluster
