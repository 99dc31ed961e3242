"""Connect to the views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clickhouse_driver import Client

from pipeline.warehouse import Address


@contextmanager
def views(address: Address) -> Iterator[Client]:
    """Have a client, with the views' database as its own, while the block runs; for one thread.

    Blocks for the server with the first query. Raises clickhouse_driver's own errors.
    """
    client = address.connect()
    # A USE would be forgotten when the driver connects anew, as it does after every error.
    client.connection.database = address.database
    try:
        yield client
    finally:
        client.disconnect()
