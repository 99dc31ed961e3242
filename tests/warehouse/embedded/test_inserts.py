"""Every way to write rows through the embedded server, and what must not be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException

TABLE = """
    CREATE TABLE t (
        id UInt32,
        text String DEFAULT 'absent',
        twice UInt64 MATERIALIZED id * 2,
        `odd ``name` Nullable(String),
        CONSTRAINT small CHECK id < 1000000
    ) ENGINE = MergeTree ORDER BY id
"""
ROWS = "SELECT id, text FROM t ORDER BY id"


@pytest.fixture
def table(client: Client) -> Client:
    """Return a client whose database has the table `t`."""
    client.execute(TABLE)
    return client


@pytest.mark.parametrize(
    ("sql", "rows"),
    [
        ("INSERT INTO t (id, text) VALUES (1, 'a'), (2, 'b;c')", [(1, "a"), (2, "b;c")]),
        ("insert into t(id) values (1)", [(1, "absent")]),
        ("INSERT INTO t (id, text) SELECT 1, 'a'", [(1, "a")]),
        ("INSERT INTO t (id) SELECT number FROM numbers(2);", [(0, "absent"), (1, "absent")]),
        ("INSERT INTO t (id, text) WITH 'w' AS x SELECT 1, x", [(1, "w")]),
        ("WITH x AS (SELECT 1 AS id) INSERT INTO t (id) SELECT id FROM x", [(1, "absent")]),
        ("INSERT INTO t (id, text) (SELECT 1, 'a')", [(1, "a")]),
        ('INSERT INTO t FORMAT JSONEachRow {"id": 1, "text": "j"}', [(1, "j")]),
        ("-- first\n/* second */ INSERT INTO TABLE t (id, text) VALUES (1, '--')", [(1, "--")]),
    ],
)
def test_an_insert_can_bring_its_rows(table: Client, sql: str, rows: list[object]) -> None:
    """Rows inside the text, and rows that a SELECT finds, are written."""
    table.execute(sql)

    assert table.execute(ROWS) == rows


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO t (id, text) VALUES",
        "INSERT INTO t (id, text) VALUES;",
        "INSERT INTO t(id,text)VALUES",
        "INSERT INTO t (id, `text`) FORMAT Native",
        "/* a ( */ INSERT INTO TABLE t (id, -- )\n text) SETTINGS max_threads = 1 VALUES",
    ],
)
def test_an_insert_can_take_its_rows_from_the_client(table: Client, sql: str) -> None:
    """However the statement is written, the client's rows go where it says."""
    assert table.execute(sql, [(1, "a"), (2, "b")]) == 2

    assert table.execute("SELECT id, text, twice FROM t ORDER BY id") == [(1, "a", 2), (2, "b", 4)]


def test_an_insert_without_a_list_takes_what_can_be_inserted(table: Client) -> None:
    """Computed columns are no part of an INSERT that lists none."""
    table.execute("INSERT INTO t VALUES", [(1, "a", None), (2, "b", "c")])

    assert table.execute("SELECT id, text, twice, `odd ``name` FROM t ORDER BY id") == [
        (1, "a", 2, None),
        (2, "b", 4, "c"),
    ]


def test_names_may_need_quotes(clickhouse: Client) -> None:
    """Tables and columns with odd names, and the parts of a nested column, can be written to."""
    clickhouse.execute(
        'CREATE TABLE "a table" (`odd ``name` String, n Nested(a UInt8, b String)) ENGINE = Memory'
    )

    clickhouse.execute(
        "INSERT INTO `a table` (`odd ``name`, n.a, `n.b`) VALUES", [("x", [1, 2], ["y", "z"])]
    )

    assert clickhouse.execute('SELECT * FROM "a table"') == [("x", [1, 2], ["y", "z"])]


def test_an_insert_of_no_rows_is_done(table: Client) -> None:
    """A client that sends no block at all has written nothing, and no error."""
    assert table.execute("INSERT INTO t (id) VALUES", []) == 0

    assert table.execute(ROWS) == []


def test_a_large_statement_with_its_rows_inside_is_written(table: Client) -> None:
    """The rows in a statement may be longer than the statement itself may be (256 KiB)."""
    values = ", ".join(f"({number}, '{'x' * 50}')" for number in range(20_000))

    table.execute(f"INSERT INTO t (id, text) VALUES {values}")

    assert table.execute("SELECT count(), sum(length(text)) FROM t") == [(20_000, 1_000_000)]


def test_a_refused_row_is_an_error_and_leaves_nothing(table: Client) -> None:
    """A row that violates a constraint fails the whole INSERT, all its blocks."""
    rows = [(number, "fine") for number in range(5000)] + [(1_000_000, "too large")]

    with pytest.raises(ServerException, match="small") as refused:
        table.execute("INSERT INTO t (id, text) VALUES", rows, settings={"insert_block_size": 100})

    assert refused.value.code == 469
    assert table.execute("SELECT count() FROM t") == [(0,)]


def test_blocks_of_one_insert_make_one_part(table: Client) -> None:
    """All blocks of an INSERT are written as one by the engine."""
    rows = [(number, "fine") for number in range(5000)]

    table.execute("INSERT INTO t (id, text) VALUES", rows, settings={"insert_block_size": 100})

    parts = "SELECT rows FROM system.parts WHERE database = currentDatabase() AND active"
    assert table.execute(parts) == [(5000,)]


def test_a_client_that_leaves_in_mid_insert_has_written_nothing(
    connect: Callable[..., Client], clickhouse: Client
) -> None:
    """Blocks that arrived before a client broke off are not written."""
    clickhouse.execute(TABLE)

    def breaking_off() -> Iterator[tuple[int, str]]:
        yield from ((number, "fine") for number in range(1000))
        raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        connect(settings={"insert_block_size": 100}).execute(
            "INSERT INTO t (id, text) VALUES", breaking_off()
        )

    assert clickhouse.execute("SELECT count() FROM t") == [(0,)]


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("INSERT INTO no_such_table VALUES", 60),
        ("INSERT INTO no_such_database.t VALUES", 81),
        ("INSERT INTO t (no_such_column) VALUES", 16),
        ("INSERT INTO t (* EXCEPT(id)) VALUES", 48),
        ("INSERT INTO FUNCTION null('a UInt8') VALUES", 48),
        ("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV", 78),
        ("INSERT INTO t (id, VALUES", 62),
        ("INSERT INTO t (id)", 62),
    ],
)
def test_an_impossible_insert_is_refused(table: Client, sql: str, code: int) -> None:
    """What cannot be written is refused with a code before a row is sent, and ends nothing."""
    with pytest.raises(ServerException) as refused:
        table.execute(sql, [(1,)])

    assert refused.value.code == code
    assert table.execute("SELECT 1") == [(1,)]
