from __future__ import annotations

import gzip
import os
import signal
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from pipeline.accounts import Account, partition_key
from pipeline.avro import SchemaName, decode, decode_event, topic_of
from pipeline.embedded import PARTITIONS
from pipeline.events import Event, Milliseconds
from pipeline.importer import Step, event_output, import_file
from pipeline.ingest import SourceError, find_sources, parse_line
from pipeline.topics import Topic
from pipeline.transport import Record
from pipeline.transport.sqlite import SqliteLog, TopicSpec
from tests.reference.strategies import to_json_line
from tests.system._dense_log import dense_log

CHILDREN = Path("/proc/thread-self/children")
NOW = Milliseconds(1_767_225_600_000)
INPUTS = (Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES, Topic.SEND_REQUESTS)
CHUNK = 2_000
"""Lines that an import appends at a time."""
SOME_LINES = [to_json_line(event).encode() for event in dense_log(seed=1, events=90)]
LINES = (SOME_LINES * CHUNK)[: 13 * CHUNK // 2]
"""Six chunks and a half: more than an import has under way at once."""


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    """Open a log with the topics that an import writes to."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.create_topics(TopicSpec(topic, PARTITIONS) for topic in (*INPUTS, Topic.DEAD_LETTERS))
        yield log


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a log of several chunks."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\n".join(LINES))
    return file


def steps(log: SqliteLog, file: Path) -> Iterator[Step]:
    """Import a file step by step."""
    (source,) = find_sources([str(file)])
    return import_file(log, source, NOW)


def records(log: SqliteLog, *topics: Topic) -> list[Record]:
    """Return all records of topics."""
    return [
        record
        for topic in topics
        for partition in range(PARTITIONS)
        for record in log.read(topic, partition, 0, max_records=100_000, max_bytes=1 << 40)
    ]


def event_of(line: bytes) -> Event:
    """Read a line that is an event."""
    event = parse_line(line)
    assert isinstance(event, Event)
    return event


def keys(events: list[Event]) -> list[tuple[str, ...]]:
    """Return what tells events apart, sorted."""
    return sorted((*Account.of(event), event.event_id) for event in events)


def in_log(log: SqliteLog) -> list[Event]:
    """Return the events of the log."""
    return [decode_event(record.value or b"") for record in records(log, *INPUTS)]


def test_every_event_comes_into_its_topic_by_its_account(log: SqliteLog, file: Path) -> None:
    """The key is the account's, so that all topics have it in the same partition."""
    assert sum(step.events for step in steps(log, file)) == len(LINES)

    partitions: dict[Account, set[int]] = {}
    for topic in INPUTS:
        for partition in range(PARTITIONS):
            for record in log.read(topic, partition, 0, max_records=100_000):
                event = decode_event(record.value or b"")
                assert topic_of(event) == topic
                assert record.key == partition_key(Account.of(event))
                partitions.setdefault(Account.of(event), set()).add(partition)
    assert keys(in_log(log)) == keys([event_of(line) for line in LINES])
    assert all(len(some) == 1 for some in partitions.values())


def test_an_import_that_broke_off_goes_on_where_it_was(log: SqliteLog, file: Path) -> None:
    """Left after its first step, it reads nothing again, and leaves nothing out."""
    assert next(steps(log, file)).events == CHUNK

    assert sum(step.events for step in steps(log, file)) < len(LINES)

    assert keys(in_log(log)) == keys([event_of(line) for line in LINES])
    assert list(steps(log, file)) == []


def test_a_file_is_known_by_its_content(log: SqliteLog, file: Path) -> None:
    """Under another name it gives nothing; with one byte more it is another file."""
    list(steps(log, file))
    file = file.rename(file.with_name("renamed.jsonl"))
    assert list(steps(log, file)) == []

    file.write_bytes(file.read_bytes() + b"\n")

    assert sum(step.events for step in steps(log, file)) == len(LINES)


def test_packed_files_are_followed_in_bytes_on_disk(log: SqliteLog, tmp_path: Path) -> None:
    """A step says how much of the file is read; the last one, that it is all."""
    packed = tmp_path / "log.jsonl.gz"
    packed.write_bytes(gzip.compress(b"\n".join(LINES)))

    taken = list(steps(log, packed))

    assert [step.bytes_read for step in taken] == sorted(step.bytes_read for step in taken)
    assert taken[-1].bytes_read == packed.stat().st_size


def test_bad_lines_are_dead_letters_in_the_same_step(log: SqliteLog, tmp_path: Path) -> None:
    """Each keeps its line, number, field and reason, and is read once like its neighbours."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(
        b"\n".join([SOME_LINES[0], b'{"type": "reply"}', b"", b"\xff\x00", SOME_LINES[1]])
    )

    (step,) = steps(log, file)

    assert step.events == 2
    assert [rejected.line_number for rejected in step.rejected] == [2, 4]
    letters = [decode(record.value or b"") for record in records(log, Topic.DEAD_LETTERS)]
    assert {name for name, _ in letters} == {SchemaName.DEAD_LETTER}
    kept = sorted((letter["line"], letter["field"], letter["payload"]) for _, letter in letters)
    assert kept == [(2, "event_id", b'{"type": "reply"}'), (4, "", b"\xff\x00")]
    assert all(letter["source"] == str(file) and letter["at"] == NOW for _, letter in letters)
    assert len({letter["dead_letter_id"] for _, letter in letters}) == 2


def test_a_damaged_file_leaves_whole_steps(log: SqliteLog, tmp_path: Path) -> None:
    """What came before the damage stays; mended, the file is another one and comes whole."""
    whole = gzip.compress(b"\n".join(LINES))
    file = tmp_path / "log.jsonl.gz"
    file.write_bytes(whole[: len(whole) * 19 // 20])

    with pytest.raises(SourceError, match=f"{file}: damaged or cut off"):
        list(steps(log, file))
    kept = len(in_log(log))
    assert kept > 0
    assert kept % CHUNK == 0

    file.write_bytes(whole)
    assert sum(step.events for step in steps(log, file)) == len(LINES)


def test_a_reader_that_dies_leaves_whole_steps(log: SqliteLog, file: Path) -> None:
    """A large file is read by a child; killed in mid-sentence it is missed, and can be replaced."""
    others = children()
    importing = steps(log, file)
    next(importing)
    (child,) = children() - others
    while not is_waiting(child):
        assert child in children()
    os.kill(child, signal.SIGKILL)

    with pytest.raises(SourceError, match=f"{file}: the process that read it ended early"):
        list(importing)
    assert len(in_log(log)) % CHUNK == 0

    list(steps(log, file))
    assert keys(in_log(log)) == keys([event_of(line) for line in LINES])


def test_an_import_that_is_left_leaves_no_reader(log: SqliteLog, file: Path) -> None:
    """Whoever stops half-way has no process left behind."""
    others = children()
    importing = steps(log, file)
    next(importing)
    assert len(children() - others) == 1

    assert isinstance(importing, Generator)
    importing.close()

    assert children() <= others


def children() -> set[int]:
    """Return the processes that this thread has started and not waited for."""
    return {int(number) for number in CHILDREN.read_text(encoding="ascii").split()}


def is_waiting(process: int) -> bool:
    """Return whether a process waits, as one does that has written more than is read."""
    status = Path(f"/proc/{process}/stat").read_text(encoding="ascii")
    return status.rpartition(")")[2].split()[0] == "S"


def test_a_line_too_long_is_a_dead_letter_of_its_head(log: SqliteLog, tmp_path: Path) -> None:
    """A line without end fills neither memory nor the log."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"x" * 5_000_000 + b"\n" + SOME_LINES[0])

    (step,) = steps(log, file)

    assert (step.events, len(step.rejected)) == (1, 1)
    (letter,) = records(log, Topic.DEAD_LETTERS)
    assert len(letter.value or b"") < 2_000


def test_an_event_of_a_page_is_put_like_one_of_a_file() -> None:
    """Whoever brings in an event, its record is the same."""
    event = event_of(SOME_LINES[0])

    output = event_output(event)

    assert output.topic == topic_of(event)
    assert output.key == partition_key(Account.of(event))
    assert output.partition is None
    assert decode_event(output.value or b"") == event
