from __future__ import annotations

import asyncio
import threading
from concurrent.futures import wait
from pathlib import Path

from pipeline.transport import Output
from pipeline.transport.sqlite import Position, SqliteLog, Transaction
from tests.transport._logs import append, create, everything, pairs


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
