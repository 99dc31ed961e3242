"""Write many rows to SQLite with few statements.

Python's `executemany` gives the interpreter's lock away and takes it back for every single row:
while other threads want it, too, that costs more than the row. A statement of many rows does so
once, and SQLite works beside Python meanwhile.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import chain
from typing import Any

_ROWS = 500
"""At a time; SQLite takes 32,766 values in one statement."""


def insert_rows(
    connection: sqlite3.Connection,
    rows: Sequence[Sequence[Any]],
    *,
    into: str,
    columns: int,
    otherwise: str = "",
) -> None:
    """Insert rows of so many columns, in their order; `otherwise` is the statement's end.

    Blocks for the disk, and raises what sqlite3 raises.
    """
    row = f"({', '.join('?' * columns)})"
    for start in range(0, len(rows), _ROWS):
        some = rows[start : start + _ROWS]
        values = ", ".join([row] * len(some))
        connection.execute(
            f"INSERT INTO {into} VALUES {values} {otherwise}",  # noqa: S608 - the names are ours
            list(chain.from_iterable(some)),
        )
