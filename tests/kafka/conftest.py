"""One broker a test process, and names of its own for every test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from deploy.kafka import running_cluster

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the bootstrap address of a running broker, which all tests of this process share."""
    with running_cluster(directory=tmp_path_factory.mktemp("kafka")) as cluster:
        yield cluster.bootstrap


@pytest.fixture
def prefix() -> str:
    """Return what no other test begins its topics, groups and transactional ids with."""
    return f"test-{next(_numbers)}-"
