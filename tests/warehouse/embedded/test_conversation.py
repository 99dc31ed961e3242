"""What an unmodified clickhouse-driver can do with the embedded server."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException


def test_a_query_returns_rows_with_their_names_and_types(client: Client) -> None:
    """A SELECT with parameters gives its rows, and its columns where they are asked for."""
    rows, columns = client.execute(
        "SELECT %(number)s AS number, %(text)s AS text",
        {"number": 7, "text": "it's \\ ünïcode"},
        with_column_types=True,
    )

    assert rows == [(7, "it's \\ ünïcode")]
    assert columns == [("number", "UInt8"), ("text", "String")]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1 AS a, 'x' AS b WHERE 0",
        "SELECT 1 AS a, 'x' AS b WHERE 0 -- a comment that has no end",
        "(SELECT 1 AS a, 'x' AS b WHERE 0)",
        "WITH 1 AS a SELECT a, 'x' AS b WHERE 0;",
        "FROM (SELECT 1 AS a, 'x' AS b) SELECT * WHERE 0 SETTINGS max_threads = 1",
    ],
)
def test_a_result_without_rows_has_its_columns(client: Client, sql: str) -> None:
    """A query of zero rows still tells the names and types of its columns."""
    assert client.execute(sql, with_column_types=True) == (
        [],
        [("a", "UInt8"), ("b", "String")],
    )


def test_rows_come_in_blocks_one_after_the_other(client: Client) -> None:
    """A large result arrives complete and in order, as a whole and as an iterator."""
    sql = "SELECT number, toString(number) FROM numbers(300000) SETTINGS max_threads = 1"
    expected = [(number, str(number)) for number in range(300_000)]

    assert client.execute(sql) == expected
    assert list(client.execute_iter(sql, settings={"max_block_size": 100_000})) == expected


def test_a_columnar_insert_is_read_back(client: Client) -> None:
    """Rows that are given by column arrive, in several blocks too."""
    client.execute("CREATE TABLE t (a UInt32, b String) ENGINE = MergeTree ORDER BY a")
    numbers = list(range(10_000))
    texts = ["text " * (number % 50) for number in numbers]

    written = client.execute(
        "INSERT INTO t (a, b) VALUES",
        [numbers, texts],
        columnar=True,
        settings={"insert_block_size": 999},
    )

    assert written == 10_000
    assert client.execute("SELECT a, b FROM t ORDER BY a", columnar=True) == [
        tuple(numbers),
        tuple(texts),
    ]


def test_clients_work_side_by_side(connect: Callable[..., Client], clickhouse: Client) -> None:
    """Several clients write and read at the same time, each in its thread, and lose nothing."""
    clickhouse.execute("CREATE TABLE t (who UInt8, n UInt32) ENGINE = MergeTree ORDER BY (who, n)")
    failures: list[BaseException] = []

    def work(who: int) -> None:
        try:
            client = connect(compression="lz4" if who % 2 else False)
            for start in range(0, 200, 10):
                client.execute("INSERT INTO t VALUES", [(who, start + n) for n in range(10)])
                count = client.execute("SELECT count() FROM t WHERE who = %(who)s", {"who": who})
                assert count == [(start + 10,)]
        except BaseException as failure:  # noqa: BLE001 (handed to the test's own thread)
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert clickhouse.execute("SELECT count(), uniqExact(who, n) FROM t") == [(1200, 1200)]


def test_an_error_of_the_engine_has_its_code(client: Client) -> None:
    """What the engine refuses arrives with ClickHouse's number and words, and ends nothing."""
    with pytest.raises(ServerException, match="UNKNOWN_TABLE") as refused:
        client.execute("SELECT * FROM no_such_table")

    assert refused.value.code == 60
    assert client.execute("SELECT 1") == [(1,)]


def test_an_error_in_mid_stream_arrives(client: Client) -> None:
    """A query that fails after its first rows fails at the client, and ends nothing."""
    sql = "SELECT number, throwIf(number = 250000) FROM numbers(300000) SETTINGS max_threads = 1"

    with pytest.raises(ServerException) as refused:
        client.execute(sql)

    assert refused.value.code == 395
    assert client.execute("SELECT 1") == [(1,)]


def test_ping_is_answered(client: Client) -> None:
    """The driver's ping before a query finds the connection alive."""
    client.execute("SELECT 1")

    assert client.connection.ping() is True


@pytest.mark.parametrize(
    ("user", "password"),
    [("default", "wrong"), ("default", ""), ("nobody", "only for tests"), ("", "")],
)
def test_a_stranger_is_refused(connect: Callable[..., Client], user: str, password: str) -> None:
    """A wrong password and an unknown user are refused with the same code."""
    stranger = connect(user=user, password=password)

    with pytest.raises(ServerException, match="Authentication failed") as refused:
        stranger.execute("SELECT 1")

    assert refused.value.code == 516


def test_an_unknown_database_is_refused(connect: Callable[..., Client]) -> None:
    """A client that asks for a database that does not exist is told so at once."""
    lost = connect(database="no such database")

    with pytest.raises(ServerException) as refused:
        lost.execute("SELECT 1")

    assert refused.value.code == 81


def test_settings_hold_for_their_query_only(client: Client) -> None:
    """A setting given with a query is gone with the next, and what SET had said is back."""

    def block_size(**settings: int) -> int:
        rows: list[tuple[int]] = client.execute(
            "SELECT getSetting('max_block_size')", settings=settings
        )
        return rows[0][0]

    default = block_size()
    assert block_size(max_block_size=1000) == 1000
    assert block_size() == default

    client.execute("SET max_block_size = 2000")
    assert block_size(max_block_size=1000) == 1000
    assert block_size(max_block_size=1001) == 1001
    assert block_size() == 2000


def test_a_read_only_query_leaves_the_connection_writable(client: Client) -> None:
    """`readonly` forbids what it should while it is given, and no longer."""
    client.execute("CREATE TABLE t (a UInt8) ENGINE = Memory")
    read_only = {"readonly": 1, "max_threads": 1}

    assert client.execute("SELECT count() FROM t", settings=read_only) == [(0,)]
    with pytest.raises(ServerException) as refused:
        client.execute("INSERT INTO t VALUES (1)", settings={"readonly": 1, "max_threads": 2})
    assert refused.value.code == 164

    client.execute("INSERT INTO t VALUES (1)")
    assert client.execute("SELECT count() FROM t") == [(1,)]


def test_an_unknown_setting_matters_only_if_important(connect: Callable[..., Client]) -> None:
    """A setting that the engine does not know is left out, unless the client insists on it."""
    settings = {"no_such_setting": 1}
    easy, strict = connect(), connect(settings_is_important=True)

    assert easy.execute("SELECT 1", settings=settings) == [(1,)]
    assert easy.execute("SELECT 1", settings={"no such name'": 1}) == [(1,)]
    with pytest.raises(ServerException) as refused:
        strict.execute("SELECT 1", settings=settings)
    assert refused.value.code == 115


def test_a_wrong_value_of_a_setting_is_refused(client: Client) -> None:
    """A value that a setting cannot have fails the query, and nothing after it."""
    with pytest.raises(ServerException):
        client.execute("SELECT 1", settings={"max_threads": "many"})

    assert client.execute("SELECT 1") == [(1,)]


def test_external_tables_come_with_a_query(client: Client) -> None:
    """Tables that the client brings can be joined, and are gone with the query."""
    tables = [
        {
            "name": "brought",
            "structure": [("id", "UInt32"), ("name", "LowCardinality(String)")],
            "data": [{"id": 1, "name": "one"}, {"id": 2, "name": "two"}],
        },
        {"name": "empty", "structure": [("id", "UInt32")], "data": []},
    ]
    sql = "SELECT name, id IN (SELECT id FROM empty) FROM brought ORDER BY id"

    for settings in ({}, {"readonly": 1}, {}):
        assert client.execute(sql, external_tables=tables, settings=settings) == [
            ("one", 0),
            ("two", 0),
        ]
    with pytest.raises(ServerException) as refused:
        client.execute(sql)
    assert refused.value.code == 60


def test_a_database_and_temporary_tables_stay_with_their_connection(
    connect: Callable[..., Client], clickhouse: Client
) -> None:
    """USE, SET and temporary tables hold for one connection, and for no other."""
    first, second = connect(), connect()
    first.execute("USE system")
    first.execute("CREATE TEMPORARY TABLE mine (a UInt8)")
    first.execute("INSERT INTO mine VALUES", [(5,)])

    assert first.execute("SELECT currentDatabase(), a FROM mine") == [("system", 5)]
    assert second.execute("SELECT currentDatabase()") == [(clickhouse.connection.database,)]
    assert second.execute("EXISTS TEMPORARY TABLE mine") == [(0,)]
