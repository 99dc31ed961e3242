"""Write rows of facts with clickhouse-driver."""

from __future__ import annotations

from collections.abc import Sequence

from clickhouse_driver import Client
from clickhouse_driver.errors import Error, ServerException

from pipeline.warehouse._connection import Address
from pipeline.warehouse._errors import RefusedRowsError, UnknownOutcomeError
from pipeline.warehouse.tables import Row, Table

_ONCE_THE_SHARDS_HAVE_THEM = {"distributed_foreground_insert": 1}
"""Without this a cluster acknowledges rows that are only in a queue on the disk of the host that
took them. They would be lost with it, and seen late. One server takes no notice."""


class Writer:
    """Writes batches of rows. One thread, one writer.

    A write may be repeated, also when its first try had been done: rows of one key replace each
    other by version.
    """

    def __init__(self, address: Address) -> None:
        self._address = address
        self._client: Client | None = None

    def write(self, table: Table, rows: Sequence[Row]) -> None:
        """Insert rows in one block; when it returns the server has them. Blocks for the server.

        Raises UnknownOutcomeError when nobody can say whether they are written, and
        RefusedRowsError when they are not: on a cluster those of some shards may be even so. Either
        way the connection is closed, and the next write opens another.
        """
        if not rows:
            return
        client = self._client or self._address.connect()
        self._client = None
        names = ", ".join((*table.columns, "version"))
        try:
            client.execute(
                f"INSERT INTO `{self._address.facts}`.{table.name} ({names}) VALUES",
                list(zip(*rows, strict=True)),
                columnar=True,
                settings=_ONCE_THE_SHARDS_HAVE_THEM,
            )
        except ServerException as error:
            client.disconnect()
            raise RefusedRowsError(f"{table.name}: {error.message}") from error
        except (Error, OSError, EOFError) as error:
            client.disconnect()
            raise UnknownOutcomeError(f"{table.name}: {error}") from error
        self._client = client

    def close(self) -> None:
        """Close the connection, if one is open."""
        client, self._client = self._client, None
        if client is not None:
            client.disconnect()
