from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.topics import Cleanup
from pipeline.transport import Output
from pipeline.transport.sqlite import (
    LogClosedError,
    LogError,
    Position,
    SqliteLog,
    TopicSpec,
    Transaction,
)
from tests.transport._logs import append, create, everything


def test_offsets(log: SqliteLog) -> None:
    """Each partition counts its own offsets from 0, across transactions."""
    create(log, "in", partitions=2)
    assert append(log, "in", [(b"a", b"1"), (b"b", b"2")]) == [0, 1]
    assert append(log, "in", [(b"c", b"3")]) == [2]
    outputs = [Output("in", b"d", b"4", 1), Output("in", b"e", b"5", 0)]
    assert log.submit(Transaction(outputs=outputs)).result() == [0, 3]
    assert log.end_offset("in", 0) == 4
    assert log.end_offset("in", 1) == 1
    assert log.start_offset("in", 0) == 0


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    """Records, topics, positions and notes are the same after a close and an open."""
    path = tmp_path / "log.db"
    with SqliteLog.open(path) as log:
        create(log, "in", partitions=3, cleanup=Cleanup.COMPACT)
        append(log, "in", [(b"a", b"1"), (None, None)])
        log.submit(
            Transaction(positions=[Position("group", "in", 0, 1)], meta={"note": b"text"})
        ).result()
        before = everything(log, "in")
    with SqliteLog.open(path) as log:
        assert everything(log, "in") == before
        assert log.topics == {"in": TopicSpec("in", 3, Cleanup.COMPACT)}
        assert log.position("group", "in", 0) == 1
        assert log.position("group", "in", 1) is None
        assert log.meta("note") == b"text"
        assert append(log, "in", [(b"b", b"2")]) == [2]


def test_path_with_missing_folders(tmp_path: Path) -> None:
    """The folders on the way to the file are made."""
    with SqliteLog.open(tmp_path / "a" / "b" / "log.db") as log:
        assert log.path.exists()


def test_sharing_within_a_process(tmp_path: Path) -> None:
    """Two openings of a path are one log, which ends with the last close."""
    path = tmp_path / "log.db"
    first, second = SqliteLog.open(path), SqliteLog.open(tmp_path / "." / "log.db")
    assert first is second
    first.close()
    create(second, "in")
    append(second, "in", [(b"a", b"1")])
    second.close()
    with pytest.raises(LogClosedError):
        append(second, "in", [(b"b", b"2")])


def test_a_file_of_a_later_format(tmp_path: Path) -> None:
    """A file that a later version wrote is refused, and can be opened by others afterwards."""
    path = tmp_path / "log.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    for _ in range(2):
        with pytest.raises(LogError, match="format 99"):
            SqliteLog.open(path)


def test_reading_within_bounds(log: SqliteLog) -> None:
    """A read starts at its offset and ends at either bound, but never before the first record."""
    create(log, "in")
    append(log, "in", [(b"key", b"x" * size) for size in (7, 7, 7, 97)])
    assert [record.offset for record in log.read("in", 0, 1)] == [1, 2, 3]
    assert [record.offset for record in log.read("in", 0, 1, max_records=2)] == [1, 2]
    assert [record.offset for record in log.read("in", 0, 0, max_bytes=20)] == [0, 1]
    assert [record.offset for record in log.read("in", 0, 0, max_bytes=19)] == [0]
    assert [record.offset for record in log.read("in", 0, 3, max_bytes=1)] == [3]
    assert log.read("in", 0, 4) == []
    assert log.read("in", 0, 400) == []


def test_times(log: SqliteLog) -> None:
    """A record keeps the time it was given."""
    create(log, "in")
    append(log, "in", [(b"a", b"1"), (b"b", b"2")], timestamps=[1_700_000_000_123, 0])
    assert [record.timestamp for record in everything(log, "in")] == [1_700_000_000_123, 0]


_headers = st.lists(st.tuples(st.text(max_size=5), st.binary(max_size=5)), max_size=3).map(tuple)
_outputs = st.builds(
    Output,
    st.just("in"),
    st.none() | st.binary(max_size=20),
    st.none() | st.binary(max_size=50),
    st.integers(0, 2),
    _headers,
)


@settings(deadline=None)
@given(transactions=st.lists(st.lists(_outputs, max_size=8), max_size=6))
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, transactions: list[list[Output]]
) -> None:
    """Whatever the records and however they are grouped, each partition reads as written."""
    with SqliteLog.open(tmp_path_factory.mktemp("log") / "log.db") as log:
        create(log, "in", partitions=3)
        for outputs in transactions:
            log.submit(Transaction(outputs=outputs)).result()
        for number in range(3):
            written = [
                output for outputs in transactions for output in outputs if output[3] == number
            ]
            records = log.read("in", number, 0)
            assert [record.offset for record in records] == list(range(len(written)))
            assert [
                Output("in", record.key, record.value, number, record.headers) for record in records
            ] == written
