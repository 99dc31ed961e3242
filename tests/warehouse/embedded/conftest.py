"""Further clients for the tests of the embedded server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from clickhouse_driver import Client

from pipeline.warehouse.embedded import EmbeddedServer


@pytest.fixture
def connect(embedded_server: EmbeddedServer, clickhouse: Client) -> Iterator[Callable[..., Client]]:
    """Return a function that connects further clients to the test's database."""
    host, port = embedded_server.address
    with ExitStack() as clients:

        def connected(**options: Any) -> Client:  # noqa: ANN401 (the driver's own options)
            options = {
                "password": clickhouse.connection.password,
                "database": clickhouse.connection.database,
                **options,
            }
            return clients.enter_context(Client(host, port, **options))

        yield connected


@pytest.fixture(params=[False, "lz4"], ids=["plain", "lz4"])
def client(request: pytest.FixtureRequest, connect: Callable[..., Client]) -> Client:
    """Connect to the test's database, once without and once with compression."""
    return connect(compression=request.param)
