"""Telling one kind of statement from another."""

from __future__ import annotations

import pytest
from clickhouse_driver import Client
from clickhouse_driver.errors import ServerException
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warehouse.embedded._errors import RefusedError
from pipeline.warehouse.embedded._inserts import ClientInsert
from pipeline.warehouse.embedded._statements import Answer, Statement, parse_statement
from pipeline.warehouse.embedded._tokens import tokens


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("SELECT 1", Answer.STREAM),
        ("  -- INSERT\n # note\n #! note\n /* a /* b */ c */ ((SELECT 1))", Answer.STREAM),
        ("with x as (select 1) select * from x", Answer.STREAM),
        ("FROM t SELECT a", Answer.STREAM),
        ("SELECT format, `format` FROM t ORDER BY format DESC", Answer.STREAM),
        ("SELECT ';', $tag$ ; FORMAT JSON $tag$ FROM t", Answer.STREAM),
        ("SHOW TABLES", Answer.ROWS),
        ("EXPLAIN SYNTAX SELECT 1", Answer.ROWS),
        ("CREATE TABLE t (a String) ENGINE = File(CSV) -- FORMAT x", Answer.DONE),
        ("SET format_csv_delimiter = ';'", Answer.DONE),
        ("INSERT INTO t SELECT 1 FORMAT", Answer.DONE),
        ("INSERT INTO t FORMAT CSV 1;2", Answer.DONE),
        ("nonsense 'without an end", Answer.DONE),
    ],
)
def test_a_statement_is_known_by_its_first_words(sql: str, answer: Answer) -> None:
    """Comments and parentheses before a statement do not hide what it is, and it stays as it is."""
    assert parse_statement(sql) == Statement(sql, answer)


@pytest.mark.parametrize(
    ("sql", "left"),
    [
        ("SELECT 1;", "SELECT 1"),
        ("SELECT 1 ; ; -- end", "SELECT 1 "),
        ("SELECT 1 FORMAT JSON", "SELECT 1 "),
        ("SELECT * FORMAT JSON;", "SELECT * "),
        ("SELECT a FROM t ORDER BY a DESC format Null", "SELECT a FROM t ORDER BY a DESC "),
        ("SELECT [1] FORMAT CSV SETTINGS max_threads = 1", "SELECT [1]  SETTINGS max_threads = 1"),
        ("SHOW TABLES FORMAT TabSeparated", "SHOW TABLES "),
    ],
)
def test_what_stands_behind_a_query_is_cut_off(sql: str, left: str) -> None:
    """Semicolons and the FORMAT clause, which the protocol has no use for, are dropped."""
    statement = parse_statement(sql)

    assert isinstance(statement, Statement)
    assert statement.sql == left


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("", 62),
        (" -- nothing\n", 62),
        (";", 62),
        ("SELECT 1; SELECT 2", 62),
        ("DROP TABLE a; DROP TABLE b", 62),
        ("SELECT 1 INTO OUTFILE 'x.csv' FORMAT CSV", 167),
        ("INSERT INTO t FROM INFILE 'x.csv' FORMAT CSV", 78),
    ],
)
def test_what_the_protocol_has_no_place_for_is_refused(
    clickhouse: Client, sql: str, code: int
) -> None:
    """Nothing, several statements at once and files of the client are refused with their code."""
    with pytest.raises(RefusedError) as refused:
        parse_statement(sql)
    assert refused.value.code == code

    with pytest.raises(ServerException) as told:
        clickhouse.execute(sql)
    assert told.value.code == code


@pytest.mark.parametrize(
    ("sql", "insert"),
    [
        ("INSERT INTO t VALUES", ClientInsert("INSERT INTO t", "t", None, "")),
        ("insert t values ;", ClientInsert("insert t", "t", None, "")),
        ("INSERT INTO t (*) VALUES", ClientInsert("INSERT INTO t (*)", "t", None, "")),
        (
            "INSERT INTO TABLE d.\"a t\" (x, `y\\`z`.w) SETTINGS a = 1, b = 'VALUES' FORMAT Native",
            ClientInsert(
                'INSERT INTO TABLE d."a t" (x, `y\\`z`.w)',
                'd."a t"',
                ("x", "y`z.w"),
                "SETTINGS a = 1, b = 'VALUES'",
            ),
        ),
    ],
)
def test_an_insert_without_rows_waits_for_them(sql: str, insert: ClientInsert) -> None:
    """An INSERT that ends where its rows would begin gets them from the client."""
    assert parse_statement(sql) == insert


@given(st.text(alphabet="a'`\"$;-#!/* \n\\(x"))
def test_tokens_stand_where_they_say(sql: str) -> None:
    """Tokens come in order, do not overlap, and are what the text has in their place."""
    end = 0
    for token in tokens(sql):
        assert end <= token.start < token.end <= len(sql)
        assert sql[token.start : token.end].startswith(token.text[:1])
        end = token.end


def test_every_kind_of_statement_is_answered(clickhouse: Client) -> None:
    """Statements about the database itself work, and return the rows that they should."""
    database = clickhouse.connection.database
    execute = clickhouse.execute

    assert execute("CREATE TABLE t (a UInt8 COMMENT 'x') ENGINE = MergeTree ORDER BY a") == []
    assert execute("EXISTS t") == [(1,)]
    assert execute("SHOW TABLES FORMAT Pretty") == [("t",)]
    assert execute("SHOW TABLES LIKE 'none'", with_column_types=True) == ([], [("name", "String")])
    assert execute("SHOW CREATE TABLE t")[0][0].startswith(f"CREATE TABLE {database}.t")
    assert execute("DESCRIBE t")[0][:2] == ("a", "UInt8")
    assert execute("DESC TABLE t SETTINGS describe_compact_output = 1") == [("a", "UInt8")]
    assert execute("EXPLAIN AST SELECT 1")[0][0].startswith("SelectWithUnionQuery")
    assert execute("INSERT INTO t VALUES (1)") == []
    assert execute("CHECK TABLE t") == [("all_1_1_0", 1, "")]
    assert execute("ALTER TABLE t ADD COLUMN b String") == []
    assert execute("OPTIMIZE TABLE t FINAL") == []
    assert execute("TRUNCATE TABLE t") == []
    assert execute("KILL QUERY WHERE query_id = 'none' SYNC") == []
    assert execute("SYSTEM FLUSH LOGS") == []
    assert execute(f"USE {database}") == []
    assert execute("SET max_threads = 2") == []
    assert execute("DROP TABLE t SYNC") == []
    assert execute("SHOW TABLES") == []
