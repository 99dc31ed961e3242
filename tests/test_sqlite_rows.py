from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from pipeline.sqlite_rows import insert_rows


@pytest.mark.parametrize("count", [0, 1, 499, 500, 501, 1_700])
def test_all_rows_come_in_order(count: int) -> None:
    """Whether they fill one statement, several or none."""
    rows = [(number, f"value {number}") for number in range(count)]
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE entry (key INTEGER PRIMARY KEY, value TEXT)")
        insert_rows(connection, rows, into="entry", columns=2)
        assert connection.execute("SELECT * FROM entry ORDER BY key").fetchall() == rows


def test_rows_may_take_the_place_of_others() -> None:
    """The end of the statement says what happens to a key that is there."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE entry (key INTEGER PRIMARY KEY, value TEXT)")
        for value in ("old", "new"):
            insert_rows(
                connection,
                [(1, value), (2, value)],
                into="entry",
                columns=2,
                otherwise="ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            )
        assert connection.execute("SELECT value FROM entry").fetchall() == [("new",), ("new",)]
