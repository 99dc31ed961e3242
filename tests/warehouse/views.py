"""Reading views exactly: moments as milliseconds, text as text, and any other bytes as bytes."""

from __future__ import annotations

from typing import Any

from clickhouse_driver import Client

from pipeline.warehouse import Address

Row = dict[str, Any]


def view_names(client: Client, database: str) -> list[str]:
    """Return the names of all views of a database, sorted."""
    names = client.execute(
        "SELECT name FROM system.tables WHERE database = %(database)s AND engine = 'View' "
        "ORDER BY name",
        {"database": database},
    )
    return [name for (name,) in names]


def read_view(client: Client, database: str, view: str) -> list[Row]:
    """Return all rows of a view by column, in no order.

    clickhouse-driver reads moments by way of floats, which miss the millisecond in far centuries;
    so the server is asked for numbers.
    """
    columns = client.execute(
        "SELECT name, type LIKE %(moment)s FROM system.columns "
        "WHERE database = %(database)s AND table = %(view)s",
        {"database": database, "view": view, "moment": "%DateTime64%"},
    )
    picked = ", ".join(
        f"toUnixTimestamp64Milli({name})" if is_moment else name for name, is_moment in columns
    )
    rows = client.execute(
        f"SELECT {picked} FROM {database}.{view}", settings={"strings_as_bytes": True}
    )
    names = [name for name, _ in columns]
    return [dict(zip(names, map(_text, row), strict=True)) for row in rows]


def rows_of(address: Address, view: str) -> list[Row]:
    """Return all rows of a view of a warehouse, as `read_view` does."""
    with address.connect() as client:
        return read_view(client, address.database, view)


def _text(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, list):
        return [_text(item) for item in value]
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value
