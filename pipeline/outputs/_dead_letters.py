"""Events that cannot be used, as records of their topic: nothing of them is lost."""

from __future__ import annotations

from uuid import UUID, uuid5

from pipeline.avro import LATEST, SchemaName, encode
from pipeline.events import Milliseconds
from pipeline.keyed import key_of
from pipeline.topics import Topic
from pipeline.transport import Batch, Output, Record

_NAMESPACE = UUID("5b1a3a52-6d2b-5b36-9a51-3f7f0d3b8a64")
"""Ours alone, so that our ids collide with nobody's. A letter's id says what caused it."""

LARGEST_PAYLOAD = 8 * 1024 * 1024 - 64 * 1024
"""In bytes: a letter as a whole is then a record that every log takes."""
LONGEST_TEXT = 5_000
"""In characters, of a reason and of the name of a file."""


def dead_record(batch: Batch, record: Record, reason: str, field: str = "") -> Output:
    """Return the dead letter of a record that an agent read; the same one each time.

    Of a value that is larger than `LARGEST_PAYLOAD` it holds the beginning, and says so. The whole
    stands where the record came from.
    """
    value = record.value or b""
    cut = f" (kept here are {LARGEST_PAYLOAD} of its {len(value)} bytes)"
    place = f"{batch.topic}/{batch.partition}/{record.offset}"
    return _letter(
        identity=place,
        partition=batch.partition,
        letter={
            "topic": batch.topic,
            "partition": batch.partition,
            "offset": record.offset,
            "source": "",
            "line": 0,
            "field": field,
            "reason": _readable(reason) + (cut if len(value) > LARGEST_PAYLOAD else ""),
            "payload": value[:LARGEST_PAYLOAD],
            # Some clients let their senders say when it is.
            "at": min(max(record.timestamp, 0), LATEST),
            "replayed_at": None,
        },
    )


def dead_line(  # noqa: PLR0913 - a line has a place, a fault and a time
    source: str, line: int, *, payload: bytes, field: str, reason: str, at: Milliseconds
) -> Output:
    """Return the dead letter of a line of a file; the same one whenever the file is read again."""
    source = _readable(source)
    return _letter(
        identity=f"{source}:{line}:{payload.hex()}",
        partition=None,
        letter={
            "topic": "",
            "partition": -1,
            "offset": -1,
            "source": source,
            "line": line,
            "field": field,
            "reason": _readable(reason),
            "payload": payload,
            "at": at,
            "replayed_at": None,
        },
    )


def _letter(identity: str, partition: int | None, letter: dict[str, object]) -> Output:
    letter_id = str(uuid5(_NAMESPACE, identity))
    value = encode(SchemaName.DEAD_LETTER, {"dead_letter_id": letter_id, **letter})
    return Output(Topic.DEAD_LETTERS, key_of(letter_id).encode(), value, partition)


def _readable(text: str) -> str:
    """Return a text that is not too long and can be written.

    It may quote half of a surrogate pair, of JSON or of a file's name, which UTF-8 does not have.
    """
    shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"
    return shown.encode(errors="backslashreplace").decode()
