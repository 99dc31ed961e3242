from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.topics import Cleanup
from pipeline.transport import Output
from pipeline.transport.sqlite import Position, SqliteLog, Transaction
from pipeline.transport.sqlite._compaction import compact
from pipeline.transport.sqlite._database import connect
from tests.transport._logs import append, create, everything, pairs, wait_until

LONG_AGO = 1_000


def compact_now(log: SqliteLog) -> None:
    """Compact the topic `latest`, however little there is to do."""
    with closing(connect(log.path)) as connection:
        compact(
            connection,
            log._catalog.partition("latest", 0),
            log._catalog,
            lambda job: log._writer.submit(job).result(),
        )


_appends = st.lists(
    st.tuples(st.sampled_from([b"a", b"b", b"c", None]), st.none() | st.binary(max_size=3)),
    max_size=12,
)


@settings(deadline=None)
@given(rounds=st.lists(_appends, min_size=1, max_size=5))
def test_compaction_against_a_dictionary(
    tmp_path_factory: pytest.TempPathFactory,
    rounds: list[list[tuple[bytes | None, bytes | None]]],
) -> None:
    """After any appends and passes: the newest of each key, all without a key, at their offsets."""
    written: list[tuple[bytes | None, bytes | None]] = []
    with SqliteLog.open(tmp_path_factory.mktemp("log") / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        for records in rounds:
            append(log, "latest", records)
            written += records
            compact_now(log)
            newest = {key: offset for offset, (key, _) in enumerate(written)}
            kept = [
                (offset, key, value)
                for offset, (key, value) in enumerate(written)
                if key is None or newest[key] == offset
            ]
            found = [
                (record.offset, record.key, record.value) for record in everything(log, "latest")
            ]
            assert found == kept
            assert log.end_offset("latest", 0) == len(written)
            assert log.start_offset("latest", 0) == (kept[0][0] if kept else 0)


@settings(deadline=None)
@given(rounds=st.lists(_appends, min_size=1, max_size=5))
def test_old_tombstones(
    tmp_path_factory: pytest.TempPathFactory,
    rounds: list[list[tuple[bytes | None, bytes | None]]],
) -> None:
    """Tombstones whose time is over go with the next pass; what they removed stays removed."""
    values: dict[bytes, bytes | None] = {}
    with SqliteLog.open(tmp_path_factory.mktemp("log") / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        for records in rounds:
            keyed = [(key or b"c", value) for key, value in records]
            append(log, "latest", keyed, [LONG_AGO] * len(keyed))
            values |= dict(keyed)
            compact_now(log)
            found = dict(pairs(log, "latest"))
            assert {key: value for key, value in values.items() if value is not None} == {
                key: value for key, value in found.items() if value is not None
            }
        append(log, "latest", [(b"last", b"1")])
        compact_now(log)
        append(log, "latest", [(b"last", b"2")])
        compact_now(log)
        assert None not in dict(pairs(log, "latest")).values()


def test_young_tombstones(tmp_path: Path) -> None:
    """A tombstone whose time is not over stays."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        append(log, "latest", [(b"a", b"1"), (b"a", None), (b"b", b"1")])
        compact_now(log)
        append(log, "latest", [(b"b", b"2")])
        compact_now(log)
        assert pairs(log, "latest") == [(b"a", None), (b"b", b"2")]


def test_tombstones_that_a_reader_has_not_seen(tmp_path: Path) -> None:
    """An old tombstone stays until the readers of the topic are past it."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        append(log, "latest", [(b"a", b"1"), (b"a", None), (b"b", b"1")], [LONG_AGO] * 3)
        log.submit(Transaction(positions=[Position("reader", "latest", 0, 1)])).result()
        for number in range(2, 4):
            compact_now(log)
            append(log, "latest", [(b"b", b"%d" % number)])
        assert (b"a", None) in pairs(log, "latest")
        log.submit(Transaction(positions=[Position("reader", "latest", 0, 3)])).result()
        compact_now(log)
        assert pairs(log, "latest") == [(b"b", b"3")]


def test_the_newest_record_stays(tmp_path: Path) -> None:
    """The newest record stays even if it is an old tombstone: recovery waits for its offset."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        append(log, "latest", [(b"a", b"1"), (b"a", None)], [LONG_AGO] * 2)
        for _ in range(3):
            compact_now(log)
        assert pairs(log, "latest") == [(b"a", None)]


def test_emptying_a_compacted_topic(tmp_path: Path) -> None:
    """Compaction goes on rightly after the topic was emptied."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        append(log, "latest", [(b"a", b"1"), (b"a", b"2")])
        compact_now(log)
        append(log, "latest", [(b"a", b"2")])
        log.submit(Transaction(truncate=["latest"])).result()
    with SqliteLog.open(tmp_path / "log.db") as log:
        assert log._catalog.partition("latest", 0).clean_end == 3
        compact_now(log)
        append(log, "latest", [(b"a", b"3"), (b"b", b"4"), (b"a", b"5")])
        compact_now(log)
        assert [record.offset for record in everything(log, "latest")] == [4, 5]
        assert pairs(log, "latest") == [(b"b", b"4"), (b"a", b"5")]


def test_compacting_while_running(tmp_path: Path) -> None:
    """An open log compacts by itself, while it is written and read."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest", cleanup=Cleanup.COMPACT)
        append(log, "latest", numbered(range(30_000)))
        wait_until(log, lambda: log.start_offset("latest", 0) > 0)
        append(log, "latest", [(b"k0", b"new")])
        found = everything(log, "latest")
        assert len({record.key for record in found}) == 100
        assert found[-1].value == b"new"


def test_removing_consumed_records_while_running(tmp_path: Path) -> None:
    """An open log drops what every reader of a consumed topic has acknowledged, and no more."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "passing", cleanup=Cleanup.CONSUMED)
        append(log, "passing", numbered(range(40_000)))
        log.submit(
            Transaction(
                positions=[
                    Position("quick", "passing", 0, 40_000),
                    Position("slow", "passing", 0, 30_000),
                ]
            )
        ).result()
        wait_until(log, lambda: log.start_offset("passing", 0) == 30_000)
        assert everything(log, "passing")[0].offset == 30_000


def test_removing_consumed_records_on_opening(tmp_path: Path) -> None:
    """What was consumed is gone after opening, and the offsets go on."""
    path = tmp_path / "log.db"
    with SqliteLog.open(path) as log:
        create(log, "passing", cleanup=Cleanup.CONSUMED)
        append(log, "passing", numbered(range(2_000)))
        log.submit(Transaction(positions=[Position("group", "passing", 0, 2_000)])).result()
    for _ in range(2):
        with SqliteLog.open(path) as log:
            assert everything(log, "passing") == []
            assert log.start_offset("passing", 0) == log.end_offset("passing", 0) == 2_000
    with SqliteLog.open(path) as log:
        assert append(log, "passing", [(b"k", b"v")]) == [2_000]


def test_the_file_does_not_grow(tmp_path: Path) -> None:
    """Records that come and go use the same room again and again."""
    path = tmp_path / "log.db"
    sizes = []
    with SqliteLog.open(path) as log:
        create(log, "passing", cleanup=Cleanup.CONSUMED)
        create(log, "latest", cleanup=Cleanup.COMPACT)
    for _ in range(8):
        with SqliteLog.open(path) as log:
            outputs = [
                Output(topic, b"k%d" % (n % 100), bytes(200), 0)
                for topic in ("passing", "latest")
                for n in range(10_000)
            ]
            log.submit(Transaction(outputs=outputs)).result()
            end = log.end_offset("passing", 0)
            log.submit(Transaction(positions=[Position("group", "passing", 0, end)])).result()
        sizes.append(path.stat().st_size + _size(path.with_name("log.db-wal")))
    assert sizes[-1] < 1.5 * sizes[1]


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def numbered(numbers: Sequence[int] | range) -> list[tuple[bytes | None, bytes | None]]:
    """Return records of a hundred keys."""
    return [(b"k%d" % (number % 100), b"%d" % number) for number in numbers]


def test_times_are_of_the_wall_clock(tmp_path: Path) -> None:
    """A record without a time gets that of its writing, from which tombstones count."""
    before = time.time_ns() // 1_000_000
    with SqliteLog.open(tmp_path / "log.db") as log:
        create(log, "latest")
        append(log, "latest", [(b"a", None)])
        (record,) = everything(log, "latest")
    assert before <= record.timestamp <= time.time_ns() // 1_000_000
