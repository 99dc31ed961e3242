from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli._command import Outcome, outreach, outreach_afresh, server_of

TOUCHES_BY_PLATFORM = (
    "SELECT platform, count() AS touches FROM touches GROUP BY platform ORDER BY 1"
)


VALUES = (
    "toDateTime64('1900-01-01 00:00:00.123456789', 9, 'Europe/Berlin')",
    "toDateTime64('2261-12-31 00:00:00.123456789', 9)",
    "toDateTime('2026-03-29 03:30:00')",
    "toTimeZone(toDateTime64('2026-10-25 01:30:00.001', 3, 'UTC'), 'America/Sao_Paulo')",
    "toDate('2149-06-06')",
    "toDate32('1900-01-01')",
    "toDecimal64('1.50', 4)",
    "toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')",
    "toIPv4('10.0.0.1')",
    "toIPv6('2001:db8::1')",
    "toFloat32(0.1)",
    "nan",
    "true",
    "CAST('it''s (b)', 'Enum8(\\'it\\'\\'s (b)\\' = 1, \\'Date\\' = -2)')",
    "toLowCardinality('x')",
    "CAST(NULL, 'LowCardinality(Nullable(String))')",
    "[toDate('2026-01-01'), NULL]",
    "map('a', [toDateTime64('2026-01-01 00:00:00.5', 1)])",
    "CAST((1, '2026-01-01'), 'Tuple(Bool UInt8, Date Date)')",
    "INTERVAL 1 QUARTER",
    "NULL",
    "[]",
)
"""One of each type, and of those that a client reads otherwise than it would write them."""


@pytest.fixture
def ask(served_folder: Path) -> Asking:
    """Return what asks the served folder."""
    return Asking(served_folder)


class Asking:
    """Runs `outreach sql` on one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, *arguments: str, given: str = "") -> Outcome:
        """Run it with these arguments."""
        return outreach("sql", *arguments, "--data", self._folder, given=given)


def test_rows_are_tab_separated_where_no_terminal_is(served_folder: Path) -> None:
    """In a pipe the default is what other tools read, and views need no prefix."""
    done = outreach_afresh("sql", TOUCHES_BY_PLATFORM, "--data", served_folder)
    assert (done.status, done.errors) == (0, "")
    assert done.text == "platform\ttouches\ninstagram\t50\ntiktok\t20\nx\t5\n"


def test_folder_that_nobody_has_open_answers_too(folder: Path) -> None:
    """Nothing needs to run for a question to be answered."""
    done = outreach("sql", TOUCHES_BY_PLATFORM, "--data", folder)
    assert done.text == "platform\ttouches\ninstagram\t50\ntiktok\t20\nx\t5\n"


def test_server_in_the_environment_answers_too(
    served_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same question goes to a server without a folder."""
    for name, value in server_of(served_folder).items():
        monkeypatch.setenv(name, value)
    assert outreach("sql", "SELECT count() AS n FROM touches").text == "n\n75\n"


def test_format_may_stand_in_the_statement(ask: Asking) -> None:
    """The clause that every user of ClickHouse knows is heeded."""
    assert json.loads(ask("SELECT 1 AS a format JSON ;").text)["data"] == [{"a": 1}]


def test_option_goes_before_the_clause(ask: Asking) -> None:
    """Whoever names a format twice gets the one of the option."""
    assert ask("SELECT 1 AS a FORMAT JSON", "--format", "CSVWithNames").text == '"a"\n1\n'


def test_binary_format_passes_untouched(served_folder: Path) -> None:
    """Parquet arrives whole, from its first bytes to its last."""
    parquet = ("--format", "Parquet", "--data", served_folder)
    done = outreach_afresh("sql", "SELECT * FROM touches", *parquet)
    assert done.output[:4] == done.output[-4:] == b"PAR1"


def test_bytes_that_are_no_text_pass_untouched(ask: Asking) -> None:
    """What a column holds is not decoded on the way."""
    assert ask("SELECT unhex('ff00fe') AS x", "--format", "RawBLOB").output == b"\xff\x00\xfe"


def test_every_value_arrives_as_it_is(ask: Asking) -> None:
    """The text of a value is the one that the server itself would write, and so is its type."""
    columns = [
        f"{value} AS x{place}, toString(x{place}), toTypeName(x{place})"
        for place, value in enumerate(VALUES)
    ]
    sql = f"SELECT {', '.join(columns)} FROM numbers(2)"
    done = ask(sql, "--format", "JSONCompactStrings")
    assert done.status == 0, done.errors
    answer = json.loads(done.text)
    rows = answer["data"]
    assert len(rows) == 2
    types = [column["type"] for column in answer["meta"][0::3]]
    for row in rows:
        assert row[0::3] == row[1::3]
        assert types == [re.sub(r"\n *", "", re.sub(r",\n *", ", ", name)) for name in row[2::3]]


def test_many_rows_arrive_in_their_order(ask: Asking) -> None:
    """An answer of many blocks is one answer."""
    done = ask("SELECT number FROM numbers(300000) ORDER BY number", "--format", "TSV")
    assert done.text.split() == [str(number) for number in range(300_000)]


def test_answer_without_rows_has_its_columns(ask: Asking) -> None:
    """No rows are not no answer."""
    assert ask("SELECT campaign_id, step FROM touches WHERE 0").text == "campaign_id\tstep\n"


def test_statement_comes_from_standard_input(ask: Asking) -> None:
    """A file with a question can be piped in, accents and all."""
    assert ask("-", given="SELECT 'grüße' AS x\n-- the end\n").text == "x\ngrüße\n"


def test_views_can_be_listed(ask: Asking) -> None:
    """What there is to ask can be asked."""
    assert {"touches", "response_rates", "violations"} < set(ask("SHOW TABLES").text.split())


def test_refusal_is_a_sentence(ask: Asking) -> None:
    """An error of the server ends the command with status 1, and shows no stack."""
    done = ask("SELECT nonsense FROM touches")
    assert (done.status, done.output) == (1, b"")
    assert "nonsense" in done.complaint
    assert "UNKNOWN_IDENTIFIER" in done.complaint
    assert "Stack trace" not in done.complaint
    assert "Traceback" not in done.complaint


def test_reading_changes_nothing(ask: Asking) -> None:
    """A slip of the hand cannot lose a view."""
    done = ask("DROP VIEW touches")
    assert done.status == 1
    assert "READONLY" in done.complaint
    assert ask("SELECT count() AS n FROM touches").text == "n\n75\n"


def test_unknown_format_names_what_is_alike(ask: Asking) -> None:
    """A format that is none is wrong use, and the right one is named."""
    done = ask("SELECT 1", "--format", "parket")
    assert done.status == 2
    assert "There is no output format 'parket'. Did you mean Parquet" in done.complaint


def test_format_that_cannot_hold_the_rows_says_why(ask: Asking) -> None:
    """Npy holds one column; of two nothing is written."""
    done = ask("SELECT 1, 2", "--format", "Npy")
    assert (done.status, done.output) == (1, b"")
    assert "Expected single column for Npy" in done.complaint


def test_empty_statement_is_wrong_use(ask: Asking) -> None:
    """Nothing cannot be asked."""
    done = ask("-", given=" \n")
    assert done.status == 2
    assert "The statement is empty" in done.complaint


def test_terminal_gets_a_table(ask: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    """People get columns that line up, in colour unless they do not want it."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured, plain = ask("SELECT 'x' AS name"), ask("SELECT 'x' AS name", "--no-color")
    assert "┌─name─┐" in plain.text
    assert "\x1b" not in plain.text
    assert "\x1b" in coloured.text
