from __future__ import annotations

import pytest

from pipeline.cluster._plan import LARGEST_RECORD
from pipeline.events import Milliseconds
from pipeline.outputs import dead_line, dead_record
from pipeline.topics import Topic
from pipeline.transport import Batch, Output, Record
from tests.outputs._story import opened
from tests.reference._story import NOON


def letter(topic: str = "outreach.dm-sent", partition: int = 3, offset: int = 7) -> Output:
    """Return the dead letter of a record that could not be read."""
    record = Record(offset, NOON, b"key", b"\x00\xff")
    batch = Batch(topic, partition, [record], generation=1)
    return dead_record(batch, record, "no schema", field="body")


def line(source: str = "january.jsonl", number: int = 12, payload: bytes = b"{}") -> Output:
    """Return the dead letter of a line that is no event."""
    return dead_line(
        source, number, payload=payload, field="type", reason="missing", at=Milliseconds(NOON)
    )


def test_a_record_is_kept_with_its_bytes_its_origin_and_the_reason() -> None:
    """It goes to the partition that it came from."""
    output = letter()
    assert (output.topic, output.partition) == (Topic.DEAD_LETTERS, 3)
    written = opened(output)
    letter_id = written.pop("dead_letter_id")
    assert output.key == f'["{letter_id}"]'.encode()
    assert written == {
        "topic": "outreach.dm-sent",
        "partition": 3,
        "offset": 7,
        "source": "",
        "line": 0,
        "field": "body",
        "reason": "no schema",
        "payload": b"\x00\xff",
        "at": NOON,
        "replayed_at": None,
    }


def test_a_line_is_kept_with_its_bytes_its_place_and_the_reason() -> None:
    """It came by no topic: its offset and partition are none, and any partition will do."""
    output = line()
    assert (output.topic, output.partition) == (Topic.DEAD_LETTERS, None)
    written = opened(output)
    letter_id = written.pop("dead_letter_id")
    assert output.key == f'["{letter_id}"]'.encode()
    assert written == {
        "topic": "",
        "partition": -1,
        "offset": -1,
        "source": "january.jsonl",
        "line": 12,
        "field": "type",
        "reason": "missing",
        "payload": b"{}",
        "at": NOON,
        "replayed_at": None,
    }


def test_a_tombstone_has_no_bytes() -> None:
    """A record without a value is a letter with an empty payload."""
    record = Record(0, NOON, b"key", None)
    batch = Batch("outreach.replies", 0, [record], generation=1)
    written = opened(dead_record(batch, record, "a tombstone"))
    assert (written["payload"], written["field"]) == (b"", "")


def test_a_letter_has_the_same_id_each_time() -> None:
    """It is a function of what caused it: another record or line has another id."""
    assert letter().key == letter().key
    assert line().key == line().key
    keys = [
        letter().key,
        letter("outreach.replies").key,
        letter(partition=4).key,
        letter(offset=8).key,
        line().key,
        line("february.jsonl").key,
        line(number=13).key,
        line(payload=b"[]").key,
    ]
    assert len(set(keys)) == len(keys)


def test_a_letter_is_never_larger_than_a_record_may_be() -> None:
    """Of a huge value it keeps the beginning, and says so after the reason."""
    value = bytes(LARGEST_RECORD + 1)
    batch = Batch("outreach.replies", 0, [Record(0, NOON, b"key", value)], generation=1)

    output = dead_record(batch, batch.records[0], "r" * 1_000_000)

    assert len(output.value or b"") + len(output.key or b"") < LARGEST_RECORD - 1_000
    written = opened(output)
    assert value.startswith(written["payload"])
    kept = f"kept here are {len(written['payload'])} of its {len(value)} bytes"
    assert written["reason"].endswith(f"… ({kept})")


def test_a_reason_may_quote_what_cannot_be_written() -> None:
    """JSON has halves of surrogate pairs, and so have the names of files; they are shown."""
    batch = Batch("outreach.policies", 0, [Record(0, NOON, b"key", b"{}")], generation=1)
    assert opened(dead_record(batch, batch.records[0], "has \ud800"))["reason"] == "has \\ud800"
    assert opened(line(source="jan\udcff.jsonl"))["source"] == "jan\\udcff.jsonl"


@pytest.mark.parametrize(("said", "kept"), [(-1, 0), (2**62, 10_413_791_999_999)])
def test_the_time_of_a_letter_can_be_shown(said: int, kept: int) -> None:
    """Senders may say when it is, and be wrong."""
    batch = Batch("outreach.replies", 0, [Record(0, said, b"key", b"{}")], generation=1)
    assert opened(dead_record(batch, batch.records[0], "no schema"))["at"] == kept
