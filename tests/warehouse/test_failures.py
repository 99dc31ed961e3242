from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from pipeline.avro import seal_plain
from pipeline.topics import Topic
from pipeline.warehouse import (
    Address,
    PendingRows,
    RefusedRowsError,
    UnknownOutcomeError,
    WarehouseError,
    Writer,
)
from pipeline.warehouse.tables import CONTENTS, Table
from tests.warehouse import records
from tests.warehouse.proxy import Fault, Proxy
from tests.warehouse.views import rows_of

(TOUCHES,) = CONTENTS[Topic.TOUCHES].tables
IN_THE_MIDDLE = 100_000
"""Bytes: behind the statement, and well before the end of the rows of `many`."""


@pytest.fixture
def proxy(server: Address) -> Iterator[Proxy]:
    """Put a network that can fail before the server."""
    with Proxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def writer(address: Address, proxy: Proxy) -> Iterator[Writer]:
    """Return a writer whose way to the server leads through the proxy."""
    writer = Writer(replace(address, port=proxy.port))
    yield writer
    writer.close()


def many(prefix: str = "m") -> PendingRows:
    """Return a megabyte of touches."""
    rows = PendingRows()
    for number in range(100):
        record = records.touch(message_id=f"{prefix}{number}", body=seal_plain("x" * 10_000))
        rows.add((TOUCHES,), record, 1)
    return rows


def count(address: Address) -> int:
    """Return how many touches there are."""
    return len(rows_of(address, "touches"))


@contextmanager
def writing(writer: Writer, rows: PendingRows) -> Iterator[Future[None]]:
    """Write in another thread while the block runs."""
    with ThreadPoolExecutor(1) as thread:
        yield thread.submit(rows.write, writer)


def test_rows_that_do_not_fit_are_refused(address: Address, writer: Writer) -> None:
    """The error names the table; nothing was written, and the next write works."""
    wrong = Table("touches", (*TOUCHES.columns, "no_such_column"), TOUCHES.rows)
    with pytest.raises(RefusedRowsError, match=r"touches.*no_such_column"):
        writer.write(wrong, [(*next(iter(TOUCHES.rows(records.touch(), 1)))[:-1], "", 1)])

    many().write(writer)

    assert count(address) == 100


def test_rows_without_a_table_are_refused(empty_address: Address) -> None:
    """A server that is not migrated refuses; once it is, the same writer writes."""
    writer = Writer(empty_address)
    with pytest.raises(RefusedRowsError, match="touches"):
        many().write(writer)
    writer.close()


def test_a_server_that_is_away_is_met_when_it_is_back(
    address: Address, writer: Writer, proxy: Proxy
) -> None:
    """While it refuses connections nobody knows; the next write after that works."""
    many("before").write(writer)
    proxy.refuse()
    for _ in range(3):
        with pytest.raises(UnknownOutcomeError, match="touches"):
            many("after").write(writer)
    assert count(address) == 100

    proxy.listen()
    many("after").write(writer)

    assert count(address) == 200


def test_a_server_that_was_away_between_writes_is_not_missed(
    address: Address, writer: Writer, proxy: Proxy
) -> None:
    """An idle connection that broke is replaced without an error."""
    many("before").write(writer)
    proxy.refuse()
    proxy.listen()

    many("after").write(writer)

    assert count(address) == 200


@pytest.mark.parametrize("connected", [False, True])
@pytest.mark.parametrize("after", [0, 1, 100, 300, 1_000, IN_THE_MIDDLE])
def test_a_connection_that_breaks_leaves_all_rows_or_none(
    address: Address, writer: Writer, proxy: Proxy, after: int, *, connected: bool
) -> None:
    """Wherever it breaks, nobody knows what is written; writing again ends it."""
    if connected:
        writer.write(TOUCHES, list(TOUCHES.rows(records.touch(message_id="first"), 1)))
    before = count(address)
    proxy.fail(Fault.CUT, after)
    rows = many()

    with pytest.raises(UnknownOutcomeError):
        rows.write(writer)
    assert proxy.has_failed
    assert count(address) in {before, before + 100}

    proxy.mend()
    rows.write(writer)

    assert count(address) == before + 100


def test_an_answer_that_is_lost_means_an_unknown_outcome(
    address: Address, writer: Writer, proxy: Proxy
) -> None:
    """The rows are there, the writer cannot know; it writes them again, and nothing changes."""
    rows = many()
    proxy.fail(Fault.MUTE, IN_THE_MIDDLE)
    with writing(writer, rows) as outcome:
        while count(address) < 100:
            assert not outcome.done()
        written = rows_of(address, "touches")
        proxy.mend()
        with pytest.raises(UnknownOutcomeError):
            outcome.result()

    rows.write(writer)

    assert sorted(map(repr, rows_of(address, "touches"))) == sorted(map(repr, written))


def test_a_network_that_hangs_and_breaks_means_an_unknown_outcome(
    address: Address, writer: Writer, proxy: Proxy
) -> None:
    """As long as it hangs the writer waits; when it breaks, it says so."""
    proxy.fail(Fault.HANG, IN_THE_MIDDLE)
    with writing(writer, many()) as outcome:
        while not proxy.has_failed:
            assert not outcome.done()
        proxy.mend()
        with pytest.raises(UnknownOutcomeError):
            outcome.result()
    assert count(address) == 0

    many().write(writer)

    assert count(address) == 100


def test_a_wrong_password_is_an_error_of_the_warehouse(address: Address) -> None:
    """It says what the server said, and not the password."""
    writer = Writer(replace(address, password="not this one"))

    with pytest.raises(WarehouseError, match=r"[Aa]uthentication") as raised:
        many().write(writer)
    writer.close()

    assert "not this one" not in str(raised.value)


def test_no_rows_need_no_server(proxy: Proxy, writer: Writer) -> None:
    """Writing nothing asks nobody."""
    proxy.refuse()

    writer.write(TOUCHES, [])
