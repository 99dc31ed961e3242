"""Connect to the views."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from clickhouse_driver import Client

from pipeline.warehouse import Address


@contextmanager
def views(address: Address) -> Iterator[Client]:
    """Have a client, with the views' database as its own, while the block runs; for one thread.

    Blocks for the server. Raises clickhouse_driver's own errors.
    """
    client = address.connect()
    try:
        client.execute(f"USE {_quoted(address.database)}")
        yield client
    finally:
        client.disconnect()


def _quoted(name: str) -> str:
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"
