"""Write every row of every view of a data directory to standard output, as MessagePack.

    python -m tests.system.dump_views DIR

A process of its own, because the engine serves one directory a process.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import msgspec
from clickhouse_driver import Client

from pipeline.embedded import DataDirectory, open_warehouse


def main() -> None:
    """Dump the views of the directory that the only argument names."""
    with open_warehouse(DataDirectory(Path(sys.argv[1]))) as address:
        client = address.connect()
        views = client.execute(
            "SELECT name FROM system.tables WHERE database = 'outreach' AND engine = 'View'"
        )
        dump = {view: _rows(client, view) for (view,) in views}
        client.disconnect()
    sys.stdout.buffer.write(msgspec.msgpack.encode(dump))


def _rows(client: Client, view: str) -> list[dict[str, Any]]:
    columns = client.execute(
        "SELECT name, type LIKE '%DateTime64%' FROM system.columns "
        f"WHERE database = 'outreach' AND table = '{view}'"
    )
    # The driver reads moments by way of floats, which miss the millisecond in far centuries.
    picked = ", ".join(
        f"toUnixTimestamp64Milli({name})" if is_moment else name for name, is_moment in columns
    )
    rows = client.execute(
        f"SELECT {picked} FROM outreach.{view}", settings={"strings_as_bytes": True}
    )
    names = [name for name, _ in columns]
    return [dict(zip(names, map(_plain, row), strict=True)) for row in rows]


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return text where bytes are text."""
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return value
    return value


if __name__ == "__main__":
    main()
