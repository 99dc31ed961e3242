from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from pipeline.avro import SchemaName, decode, decode_event, encode, encode_event, topic_of
from pipeline.embedded import PARTITIONS
from pipeline.events import Event, Milliseconds
from pipeline.importer import Replayed, event_output, replay
from pipeline.topics import Topic
from pipeline.transport import Output, Record
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction
from tests.ingest.samples import REPLY, REQUEST, TOUCH, event, line
from tests.warehouse import records

INPUTS = (Topic.DM_SENT, Topic.FOLLOW_UPS, Topic.REPLIES, Topic.SEND_REQUESTS)
NOW = Milliseconds(1_767_225_600_000)
EVENTS = [
    event(line(fields | {"type": kind}))
    for kind, fields in (
        ("dm_sent", TOUCH),
        ("follow_up", TOUCH | {"event_id": "event-2", "message_id": "message-3"}),
        ("reply", REPLY),
        ("send_request", REQUEST),
    )
]


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    """Open a log with the topics of events and of dead letters."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.create_topics(TopicSpec(topic, PARTITIONS) for topic in (*INPUTS, Topic.DEAD_LETTERS))
        yield log


def record_of(one: Event, **fields: object) -> dict[str, Any]:
    """Return the letter of a record that held an event which nobody could read."""
    return records.dead_letter(
        **{
            "dead_letter_id": f"letter of {one.event_id} in {topic_of(one)}",
            "topic": topic_of(one),
            "partition": 2,
            "offset": 7,
            "source": "",
            "line": 0,
            "reason": "has a schema that is not known here",
            "payload": encode_event(one),
            **fields,
        }
    )


def line_of(payload: bytes, number: int = 1) -> dict[str, Any]:
    """Return the letter of a line of a file."""
    return records.dead_letter(dead_letter_id=f"line {number}", line=number, payload=payload)


def put(log: SqliteLog, letters: Sequence[dict[str, Any]], partition: int = 1) -> None:
    """Append letters to a partition."""
    outputs = [
        Output(
            Topic.DEAD_LETTERS,
            letter["dead_letter_id"].encode(),
            encode(SchemaName.DEAD_LETTER, letter),
            partition,
        )
        for letter in letters
    ]
    log.submit(Transaction(outputs=outputs)).result()


def records_in(log: SqliteLog, *topics: Topic) -> list[Record]:
    """Return all records of topics."""
    return [
        record
        for topic in topics
        for partition in range(PARTITIONS)
        for record in log.read(topic, partition, 0, max_records=100_000)
    ]


def events_in(log: SqliteLog) -> list[Event]:
    """Return the events of the log."""
    return [decode_event(record.value or b"") for record in records_in(log, *INPUTS)]


def test_an_event_of_any_type_is_brought_back_as_if_it_had_come_well(log: SqliteLog) -> None:
    """It stands in its topic with the key of its account, as an import puts it there."""
    put(log, [record_of(one) for one in EVENTS])

    assert replay(log, NOW) == Replayed(brought_back=4, still_unusable=0)

    for one in EVENTS:
        (record,) = records_in(log, Topic(topic_of(one)))
        output = event_output(one)
        assert (record.key, record.value) == (output.key, output.value)


def test_a_line_is_brought_back_too(log: SqliteLog) -> None:
    """One that is an event by now comes into the topic of its type."""
    put(log, [line_of(line(REPLY))])

    assert replay(log, NOW) == Replayed(brought_back=1, still_unusable=0)

    assert events_in(log) == [event(line(REPLY))]
    assert len(records_in(log, Topic.REPLIES)) == 1


def test_a_letter_is_brought_back_once(log: SqliteLog) -> None:
    """A second replay brings nothing, and a letter that was put aside again meanwhile neither."""
    letters = [record_of(EVENTS[0]), line_of(line(REPLY))]
    put(log, letters)
    replay(log, NOW)
    put(log, letters, partition=0)

    assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=0)

    assert len(events_in(log)) == 2


def test_a_letter_that_stands_twice_is_brought_back_once(log: SqliteLog) -> None:
    """Two agents, or a rebuild, may put the same event aside."""
    put(log, [record_of(EVENTS[0])] * 2)
    put(log, [record_of(EVENTS[0])], partition=3)

    assert replay(log, NOW) == Replayed(brought_back=1, still_unusable=0)

    assert events_in(log) == [EVENTS[0]]


def test_that_it_was_replayed_stands_beside_the_letter(log: SqliteLog) -> None:
    """The note is the letter with the moment, in the partition and with the key of the letter."""
    letter = record_of(EVENTS[0])
    put(log, [letter], partition=3)

    replay(log, NOW)

    before, after = log.read(Topic.DEAD_LETTERS, 3, 0)
    assert before.key == after.key
    assert decode(before.value or b"") == (SchemaName.DEAD_LETTER, letter)
    noted = letter | {"replayed_at": NOW}
    assert decode(after.value or b"") == (SchemaName.DEAD_LETTER, noted)


@pytest.mark.parametrize(
    "letter",
    [
        record_of(EVENTS[0], payload=b""),
        record_of(EVENTS[0], payload=b"\xff\x00"),
        record_of(EVENTS[0], payload=encode_event(EVENTS[0])[:-1]),
        record_of(EVENTS[0], payload=line(TOUCH)),
        record_of(EVENTS[0], topic=Topic.REPLIES),
        record_of(EVENTS[0], topic=Topic.TOUCHES),
        line_of(b"not JSON"),
        line_of(line(TOUCH, "body")),
        line_of(encode_event(EVENTS[0])),
    ],
    ids=[
        "no bytes",
        "no Avro",
        "cut off",
        "a line in a topic",
        "in the topic of another type",
        "in a derived topic",
        "no JSON",
        "a field is missing",
        "Avro in a file",
    ],
)
def test_what_still_cannot_be_used_stays(log: SqliteLog, letter: dict[str, Any]) -> None:
    """Nothing is written for it, and what can be used beside it is brought back."""
    put(log, [letter, line_of(line(REPLY), number=2)])

    assert replay(log, NOW) == Replayed(brought_back=1, still_unusable=1)

    assert events_in(log) == [event(line(REPLY))]
    assert len(records_in(log, Topic.DEAD_LETTERS)) == 3
    assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=1)


def test_a_log_without_letters_is_left_as_it_is(log: SqliteLog) -> None:
    """Where there is nothing to bring back, nothing is written."""
    assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=0)

    assert records_in(log, *INPUTS, Topic.DEAD_LETTERS) == []


def test_more_letters_than_one_read_gives_are_all_brought_back(log: SqliteLog) -> None:
    """The letters that are read are those that stood there when it began, however many."""
    some = [line(REPLY, event_id=f"event-{n}", message_id=f"message-{n}") for n in range(2_500)]
    put(log, [line_of(each, number) for number, each in enumerate(some)])
    assert len(log.read(Topic.DEAD_LETTERS, 1, 0)) < len(some)

    assert replay(log, NOW) == Replayed(brought_back=len(some), still_unusable=0)

    assert sorted(one.event_id for one in events_in(log)) == sorted(
        f"event-{n}" for n in range(len(some))
    )
    assert replay(log, NOW) == Replayed(brought_back=0, still_unusable=0)
