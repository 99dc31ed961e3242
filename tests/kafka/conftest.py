"""One broker and one warehouse server a test process, and names of its own for every test."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deploy.kafka import running_cluster
from pipeline.warehouse import Address, migrate
from tests.kafka._clusters import with_topics
from tests.kafka._warehouse_server import warehouse_server
from tests.kafka._workers import Cluster

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


@pytest.fixture(scope="session")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Return the address of a running server, which all tests of this process share."""
    with warehouse_server(tmp_path_factory.mktemp("warehouses")) as address:
        yield address


@pytest.fixture
def bare_warehouse(warehouses: Address) -> Iterator[Address]:
    """Return the address of a warehouse without tables, which is dropped afterwards."""
    address = replace(warehouses, database=f"outreach_{next(_numbers)}")
    yield address
    with warehouses.connect() as client:
        for database in (address.database, address.facts):
            client.execute(f"DROP DATABASE IF EXISTS {database} SYNC")


@pytest.fixture
async def cluster(kafka: str, bare_warehouse: Address, tmp_path: Path) -> AsyncIterator[Cluster]:
    """Return a cluster with topics and tables, and nothing in them."""
    migrate(bare_warehouse)
    async with with_topics(kafka):
        yield Cluster(kafka, bare_warehouse, tmp_path)
