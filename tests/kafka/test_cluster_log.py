from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.accounts import Account, partition_key
from pipeline.avro import decode_event, topic_of
from pipeline.cluster import KafkaLog, OvertakenError, open_log, put_in_force
from pipeline.embedded import has_policy, load_policy
from pipeline.events import Milliseconds
from pipeline.importer import Replayed, import_file, replay
from pipeline.ingest import find_sources
from pipeline.policy import DEFAULT_POLICY
from pipeline.topics import Topic
from pipeline.transport import Output, Record
from pipeline.transport._partitioner import partition_of
from pipeline.transport.sqlite import Position, Transaction
from tests.kafka._clusters import PARTITIONS, settings_for, with_topics
from tests.reference.strategies import to_json_line
from tests.system._dense_log import dense_log

NOW = Milliseconds(1_767_225_600_000)
INPUTS = (Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES, Topic.SEND_REQUESTS)
LINES = [to_json_line(event).encode() for event in dense_log(seed=1, events=90)]


@pytest.fixture
async def broker(kafka: str) -> AsyncIterator[str]:
    """Return a broker with the topics of a cluster, all of them empty."""
    async with with_topics(kafka):
        yield kafka


def bring(log: KafkaLog, file: Path) -> tuple[int, int]:
    """Import a file; return how many events and how many bad lines it gave."""
    (source,) = find_sources([str(file)])
    steps = list(import_file(log, source, NOW))
    return sum(step.events for step in steps), sum(len(step.rejected) for step in steps)


def records(log: KafkaLog, *topics: Topic) -> list[tuple[Topic, int, Record]]:
    """Return all records of topics, with topic and partition."""
    found: list[tuple[Topic, int, Record]] = []
    for topic in topics:
        for partition in range(log.partition_count(topic)):
            offset = log.start_offset(topic, partition)
            while some := log.read(topic, partition, offset):
                found += [(topic, partition, record) for record in some]
                offset = some[-1].offset + 1
    return found


def test_an_import_puts_events_where_the_embedded_log_has_them(broker: str, tmp_path: Path) -> None:
    """By topic and account; a bad line is a dead letter."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"\n".join([*LINES, b"bad"]))

    with open_log(settings_for(broker), "import") as log:
        assert bring(log, file) == (len(LINES), 1)

        found = records(log, *INPUTS)
        assert len(found) == len(LINES)
        for topic, partition, record in found:
            event = decode_event(record.value or b"")
            key = partition_key(Account.of(event))
            assert (topic_of(event), key) == (topic, record.key)
            assert partition == partition_of(key, PARTITIONS)
        assert len(records(log, Topic.DEAD_LETTERS)) == 1


def test_a_file_is_imported_once(broker: str, tmp_path: Path) -> None:
    """Neither the same log nor the next one takes it again; another file is taken."""
    file, other = tmp_path / "log.jsonl", tmp_path / "other.jsonl"
    file.write_bytes(b"\n".join(LINES))
    other.write_bytes(LINES[0])

    with open_log(settings_for(broker), "one") as log:
        assert bring(log, file) == (len(LINES), 0)
        assert bring(log, file) == (0, 0)
    with open_log(settings_for(broker), "another") as log:
        assert bring(log, file) == (0, 0)
        assert bring(log, other) == (1, 0)
        assert len(records(log, *INPUTS)) == len(LINES) + 1


def test_a_policy_is_loaded_when_it_is_another_one(broker: str) -> None:
    """One copy a partition, the first for all time; who opens the log later knows of it."""
    with open_log(settings_for(broker), "policy") as log:
        assert not has_policy(log)
        assert load_policy(log, DEFAULT_POLICY, "shipped", NOW)
        assert not load_policy(log, DEFAULT_POLICY, "shipped", NOW)
    with open_log(settings_for(broker), "policy") as log:
        assert has_policy(log)
        assert not load_policy(log, DEFAULT_POLICY, "shipped", NOW)
        policies = records(log, Topic.POLICIES)
    assert [partition for _, partition, _ in policies] == list(range(PARTITIONS))
    assert len({record.value for _, _, record in policies}) == 1


def test_dead_letters_are_brought_back_once(broker: str, tmp_path: Path) -> None:
    """A line that could not be read stays; what can be read by now comes into its topic."""
    file = tmp_path / "log.jsonl"
    file.write_bytes(b"bad")
    with open_log(settings_for(broker), "replay") as log:
        bring(log, file)
        assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=1)
        assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=1)
        assert records(log, *INPUTS) == []


def test_offsets_are_those_of_the_outputs(broker: str) -> None:
    """The marks of transactions between them have offsets, too, and are no records."""
    outputs = [Output(Topic.ALERTS, b"key", value, 1) for value in (b"a", b"b")]
    with open_log(settings_for(broker), "writer") as log:
        offsets = [log.submit(Transaction(outputs=outputs)).result() for _ in range(2)]
        assert offsets == [[0, 1], [3, 4]]
        assert [record.offset for record in log.read(Topic.ALERTS, 1, 0)] == [0, 1, 3, 4]
        assert log.read(Topic.ALERTS, 1, 5) == []
        assert log.end_offset(Topic.ALERTS, 1) == 6


def test_notes_hold_with_what_they_are_about(broker: str) -> None:
    """They are there for the next who opens the log, and one that is taken away is not."""
    with open_log(settings_for(broker), "one") as log:
        log.submit(Transaction(meta={"kept": b"1", "gone": b"2"})).result()
        position = Position("import", "file", 0, 7)
        log.submit(Transaction(meta={"gone": None}, positions=[position])).result()
        assert (log.meta("kept"), log.meta("gone")) == (b"1", None)
    with open_log(settings_for(broker), "another") as log:
        assert (log.meta("kept"), log.meta("gone")) == (b"1", None)
        assert log.position("import", "file", 0) == 7
        assert log.position("import", "file", 1) is None


def test_one_writer_of_an_id_at_a_time(broker: str) -> None:
    """The first writes nothing any more, and nothing of what it has tried is seen."""
    output = Output(Topic.ALERTS, b"key", b"value", 0)
    with open_log(settings_for(broker), "same") as first:
        first.submit(Transaction(outputs=[output])).result()
        with open_log(settings_for(broker), "same") as second:
            with pytest.raises(OvertakenError, match="another process does the same"):
                first.submit(Transaction(outputs=[output], meta={"note": b"1"})).result()
            second.submit(Transaction(outputs=[output])).result()
            assert len(second.read(Topic.ALERTS, 0, 0)) == 2
        with pytest.raises(OvertakenError):
            first.submit(Transaction(outputs=[output])).result()
    with open_log(settings_for(broker), "same") as third:
        assert third.meta("note") is None


async def test_a_log_is_settled_when_it_closes(broker: str) -> None:
    """What was submitted and not waited for is there."""
    output = Output(Topic.ALERTS, b"key", b"value", 0)

    def submit() -> None:
        with open_log(settings_for(broker), "writer") as log:
            for _ in range(20):
                log.submit(Transaction(outputs=[output]))

    await asyncio.to_thread(submit)
    with open_log(settings_for(broker), "reader") as log:
        assert len(log.read(Topic.ALERTS, 0, 0)) == 20


def test_topics_are_not_emptied_from_outside(broker: str) -> None:
    """Kafka has no such transaction."""
    with (
        open_log(settings_for(broker), "writer") as log,
        pytest.raises(ValueError, match="not emptied"),
    ):
        log.submit(Transaction(truncate=[Topic.ALERTS]))


def test_several_that_start_at_once_load_one_policy(broker: str) -> None:
    """Each overtakes the others, and yet one of them comes through, and the others see it."""
    settings = settings_for(broker)
    with ThreadPoolExecutor(4) as threads:
        loaded = list(threads.map(lambda _: put_in_force(settings, None, None), range(4)))
    assert sorted(loaded) == [False, False, False, True]
    with open_log(settings, "reader") as log:
        assert len(records(log, Topic.POLICIES)) == PARTITIONS
