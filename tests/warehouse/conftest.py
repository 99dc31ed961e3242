"""One embedded ClickHouse a test process, and an empty database a test."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest
from clickhouse_driver import Client

from pipeline.warehouse import Address, migrate
from pipeline.warehouse.embedded import EmbeddedServer

PASSWORD = "only for tests"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def embedded_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """Start an embedded server; the engine has one directory a process, so all tests share it."""
    directory = tmp_path_factory.mktemp("warehouse")
    with EmbeddedServer(directory, password=PASSWORD) as server:
        yield server


@pytest.fixture
def clickhouse(embedded_server: EmbeddedServer) -> Iterator[Client]:
    """Connect a client whose current database is new and empty, and dropped afterwards."""
    host, port = embedded_server.address
    database = f"test_{next(_numbers)}"
    with Client(host, port, password=PASSWORD) as admin:
        admin.execute(f"CREATE DATABASE {database}")
        with Client(host, port, password=PASSWORD, database=database) as client:
            yield client
        admin.execute(f"DROP DATABASE IF EXISTS {database} SYNC")


@pytest.fixture(scope="session")
def server(embedded_server: EmbeddedServer) -> Address:
    """Return where a ClickHouse server listens: whatever it is, the tests of the writer hold."""
    host, port = embedded_server.address
    return Address(host, port, "default", PASSWORD)


@pytest.fixture
def empty_address(server: Address) -> Iterator[Address]:
    """Return an address whose databases are not there yet, and are dropped afterwards."""
    address = replace(server, database=f"warehouse_{next(_numbers)}")
    yield address
    with server.connect() as client:
        for database in (address.database, address.facts):
            client.execute(f"DROP DATABASE IF EXISTS {database} SYNC")


@pytest.fixture
def address(empty_address: Address) -> Address:
    """Return the address of a warehouse that is migrated and empty."""
    migrate(empty_address)
    return empty_address
