from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import wait
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
    TopicError,
    TopicSpec,
    Transaction,
)
from tests.transport._logs import append, create, everything, pairs


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    """Return an empty log."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        yield log


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


def test_another_number_of_partitions(log: SqliteLog) -> None:
    """A topic cannot get another number of partitions; nothing else of the list is created."""
    create(log, "in", partitions=2)
    with pytest.raises(TopicError, match="'in' has 2 partitions and cannot get 3"):
        log.create_topics([TopicSpec("new", 1), TopicSpec("in", 3)])
    assert set(log.topics) == {"in"}


def test_creating_twice(log: SqliteLog) -> None:
    """Creating a topic that exists keeps its records and takes over the cleanup."""
    create(log, "in")
    append(log, "in", [(b"a", b"1")])
    create(log, "in", cleanup=Cleanup.CONSUMED)
    assert log.topics["in"].cleanup is Cleanup.CONSUMED
    assert pairs(log, "in") == [(b"a", b"1")]


@pytest.mark.parametrize("partitions", [0, -1])
def test_too_few_partitions(log: SqliteLog, partitions: int) -> None:
    """A topic has at least one partition."""
    with pytest.raises(TopicError, match="at least one"):
        create(log, "in", partitions)


def test_unknown_topics_and_partitions(log: SqliteLog) -> None:
    """Reading or writing what does not exist says what is missing."""
    create(log, "in", partitions=2)
    with pytest.raises(TopicError, match="no topic 'out'"):
        append(log, "out", [(b"a", b"1")])
    with pytest.raises(TopicError, match="0 to 1, and no 2"):
        log.read("in", 2, 0)
    with pytest.raises(TopicError, match="0 to 1, and no -1"):
        log.submit(Transaction(outputs=[Output("in", b"a", b"1", -1)]))


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


def test_position_of_an_import(log: SqliteLog) -> None:
    """An importer notes how far it is in a file in the transaction of the records themselves."""
    create(log, "in")
    transaction = Transaction(
        outputs=[Output("in", b"a", b"1")],
        positions=[Position("import", "file:5f3a", 0, 17)],
    )
    log.submit(transaction).result()
    assert log.position("import", "file:5f3a", 0) == 17
    assert "file:5f3a" not in log.topics


def test_notes(log: SqliteLog) -> None:
    """A note is set, replaced and removed."""
    assert log.meta("rebuild") is None
    log.submit(Transaction(meta={"rebuild": b"started"})).result()
    log.submit(Transaction(meta={"rebuild": b"half", "other": b""})).result()
    assert log.meta("rebuild") == b"half"
    assert log.meta("other") == b""
    log.submit(Transaction(meta={"rebuild": None})).result()
    assert log.meta("rebuild") is None


def test_emptying_for_a_rebuild(tmp_path: Path) -> None:
    """Topics are emptied, positions reset and a note made at once; no offset is used again."""
    path = tmp_path / "log.db"
    with SqliteLog.open(path) as log:
        create(log, "in")
        create(log, "derived", partitions=2)
        append(log, "in", [(b"a", b"1")] * 5)
        append(log, "derived", [(b"a", b"1")] * 7)
        log.submit(
            Transaction(
                positions=[Position("group", "in", 0, 5), Position("group", "derived", 0, 3)]
            )
        ).result()
        log.submit(
            Transaction(
                truncate=["derived"],
                outputs=[Output("derived", b"new", b"1", 0)],
                positions=[Position("group", "in", 0, 0)],
                meta={"rebuild": b"started"},
            )
        ).result()
        assert log.position("group", "derived", 0) == 7
        assert log.end_offset("derived", 0) == 8
    for _ in range(2):
        with SqliteLog.open(path) as log:
            assert [record.offset for record in everything(log, "derived")] == [7]
            assert log.start_offset("derived", 0) == 7
            assert log.end_offset("derived", 0) == 8
            assert log.position("group", "in", 0) == 0
            assert log.position("group", "derived", 0) == 7
            assert len(everything(log, "in")) == 5
            assert log.meta("rebuild") == b"started"


def test_offsets_go_on_after_everything_was_removed(tmp_path: Path) -> None:
    """An emptied partition goes on counting, also after it was closed empty."""
    path = tmp_path / "log.db"
    with SqliteLog.open(path) as log:
        create(log, "in")
        append(log, "in", [(b"a", b"1")] * 5)
        log.submit(Transaction(truncate=["in"])).result()
        assert log.start_offset("in", 0) == log.end_offset("in", 0) == 5
    with SqliteLog.open(path) as log:
        assert log.start_offset("in", 0) == log.end_offset("in", 0) == 5
        assert append(log, "in", [(b"a", b"1")]) == [5]


def test_many_threads(log: SqliteLog) -> None:
    """Transactions of several threads keep whole, each in the order of its thread."""
    create(log, "in")
    barrier = threading.Barrier(4)
    found: dict[int, list[list[int]]] = {}

    def work(thread: int) -> None:
        barrier.wait()
        futures = [
            log.submit(Transaction(outputs=[Output("in", b"%d" % thread, b"%d" % n, 0)] * 3))
            for n in range(100)
        ]
        found[thread] = [future.result() for future in futures]

    threads = [threading.Thread(target=work, args=(thread,)) for thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    values = {record.offset: (record.key, record.value) for record in everything(log, "in")}
    assert sorted(values) == list(range(1200))
    for number, offsets in found.items():
        assert offsets == sorted(offsets)
        for n, (first, *others) in enumerate(offsets):
            assert [first, *others] == [first, first + 1, first + 2]
            assert {values[offset] for offset in [first, *others]} == {(b"%d" % number, b"%d" % n)}


async def test_giving_up_waiting(log: SqliteLog) -> None:
    """Who stops waiting for a transaction does not undo it."""
    create(log, "in")
    waiting = asyncio.create_task(log.write(Transaction(outputs=[Output("in", b"a", b"1")])))
    await asyncio.sleep(0)
    waiting.cancel()
    await log.write(Transaction())
    assert pairs(log, "in") == [(b"a", b"1")]


def test_closing_writes_what_was_submitted(tmp_path: Path) -> None:
    """A close waits for every transaction that was submitted before it."""
    path = tmp_path / "log.db"
    log = SqliteLog.open(path)
    create(log, "in")
    futures = [log.submit(Transaction(outputs=[Output("in", b"a", b"%d" % n)])) for n in range(500)]
    log.close()
    assert not wait(futures, timeout=0).not_done
    with SqliteLog.open(path) as log:
        assert len(everything(log, "in")) == 500


def test_listening(log: SqliteLog) -> None:
    """A listener hears of commits until it leaves, when what it hears of can be read."""
    create(log, "in")
    ends: list[int] = []

    def listen() -> None:
        ends.append(log.end_offset("in", 0))

    log.listen(listen)
    append(log, "in", [(b"a", b"1")] * 3)
    append(log, "in", [(b"a", b"1")])
    log.submit(Transaction()).result()
    assert ends[:2] == [3, 4]
    log.stop_listening(listen)
    log.submit(Transaction()).result()
    log.submit(Transaction()).result()
    heard = len(ends)
    append(log, "in", [(b"a", b"1")])
    assert len(ends) == heard


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
