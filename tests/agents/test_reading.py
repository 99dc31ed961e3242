from __future__ import annotations

from agents._batches import MisplacedError, read_records
from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode
from pipeline.monitoring import Monitor, Work
from pipeline.topics import Topic
from pipeline.transport import Batch
from tests.agents._batches import batch


def read_upper(topic: str, value: bytes) -> str:
    """Read text in capitals; refuse digits, and whatever is in the wrong place."""
    if value.isdigit():
        raise DecodeError(DecodeFailure.DAMAGED, field="body")
    if value == topic.encode():
        raise MisplacedError("a name does not belong here")
    return value.decode().upper()


def begun(batches: list[Batch]) -> Work:
    """Return work on batches that nobody counts."""
    return Monitor().take_up("agent", batches)


def test_what_cannot_be_read_becomes_a_dead_letter() -> None:
    """With its place, its time, its bytes and the reason; all else is read in order."""
    batches = [batch(3, 10, [b"a", b"1", b"b"], "in"), batch(3, 4, [b"c", b"out"], "out")]

    good, dead = read_records(batches, read_upper, begun(batches))

    assert good == ["A", "B", "C"]
    letters = [decode(output.value or b"") for output in dead]
    assert {name for name, _ in letters} == {SchemaName.DEAD_LETTER}
    assert [
        {name: letter[name] for name in ("topic", "partition", "offset", "payload", "field", "at")}
        for _, letter in letters
    ] == [
        {"topic": "in", "partition": 3, "offset": 11, "payload": b"1", "field": "body", "at": 1001},
        {"topic": "out", "partition": 3, "offset": 5, "payload": b"out", "field": "", "at": 1001},
    ]
    assert "cut off or garbled" in letters[0][1]["reason"]
    assert letters[1][1]["reason"] == "a name does not belong here"
    assert {(output.topic, output.partition) for output in dead} == {(Topic.DEAD_LETTERS, 3)}


def test_a_letter_is_the_same_each_time() -> None:
    """Done again after a crash, a batch writes the letters that it wrote before."""
    bad = [batch(0, 7, [b"1", b"2"])]

    letters = read_records(bad, read_upper, begun(bad))
    assert letters == read_records(bad, read_upper, begun(bad))
    first, second = letters[1]
    assert first.key != second.key


def test_a_tombstone_is_read_as_nothing() -> None:
    """A record without a value reaches the reader as no bytes."""
    tombstone = [batch(values=[None])]
    assert read_records(tombstone, read_upper, begun(tombstone)) == ([""], [])
