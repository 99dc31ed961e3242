"""Bring back events from the dead letters that can be read by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.avro import DecodeError, SchemaName, decode, decode_event, encode, topic_of
from pipeline.events import Event, Milliseconds
from pipeline.importer._import import event_output
from pipeline.importer._log import Log
from pipeline.ingest import Rejection, parse_line
from pipeline.topics import Topic
from pipeline.transport import Output, Record
from pipeline.transport.sqlite import Transaction

Letter = dict[str, Any]

_PAGE = 1_000
"""How many records one transaction has at most: two for each event that is brought back."""
_LARGE = 64 * 1024
"""In bytes: a letter as large ends its page, so that no page is huge."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of the dead letters."""

    brought_back: int
    still_unusable: int


def replay(log: Log, now: Milliseconds, reread: Callable[[bytes], bytes] = bytes) -> Replayed:
    """Append the event of every dead letter that can be read by now, and note that it was replayed.

    Both stand in one transaction a page, so an event is brought back once. A letter that was
    replayed before is passed over. `reread` makes single objects of values that may stand in
    another format; see `pipeline.avro.wire.rereading`. Blocks for the log, and for what `reread`
    blocks for; raises what it raises, and what was brought back by then stays so.
    """
    done = {
        letter["dead_letter_id"]
        for _, _, letter in _letters(log)
        if letter["replayed_at"] is not None
    }
    brought_back = 0
    unusable: set[str] = set()
    page: list[Output] = []
    for partition, record, letter in _letters(log):
        if letter["dead_letter_id"] in done:
            continue
        event = _event_of(letter, reread)
        if event is None:
            # A rebuild reads a bad record again, and writes its letter again.
            unusable.add(letter["dead_letter_id"])
            continue
        done.add(letter["dead_letter_id"])
        brought_back += 1
        note = encode(SchemaName.DEAD_LETTER, letter | {"replayed_at": now})
        page += [event_output(event), Output(Topic.DEAD_LETTERS, record.key, note, partition)]
        if len(page) >= _PAGE or len(note) >= _LARGE:
            log.submit(Transaction(outputs=page)).result()
            page = []
    log.submit(Transaction(outputs=page)).result()
    return Replayed(brought_back, len(unusable))


def _letters(log: Log) -> Iterator[tuple[int, Record, Letter]]:
    """Yield the dead letters that the log has at this moment, with where each stands."""
    topic = Topic.DEAD_LETTERS
    for partition in range(log.partition_count(topic)):
        offset, end = log.start_offset(topic, partition), log.end_offset(topic, partition)
        while offset < end:
            records = log.read(topic, partition, offset)
            if not records:
                break
            for record in records:
                letter = _letter_in(record)
                if record.offset < end and letter is not None:
                    yield partition, record, letter
            offset = records[-1].offset + 1


def _letter_in(record: Record) -> Letter | None:
    """Return the letter in a record; None where somebody else wrote something else."""
    try:
        name, letter = decode(record.value or b"")
    except DecodeError:
        return None
    return letter if name is SchemaName.DEAD_LETTER else None


def _event_of(letter: Letter, reread: Callable[[bytes], bytes]) -> Event | None:
    """Return the event that a letter holds, if it can be read and belongs where it stood."""
    if not letter["topic"]:
        parsed = parse_line(letter["payload"])
        return None if isinstance(parsed, Rejection) else parsed
    try:
        event = decode_event(reread(letter["payload"]))
    except DecodeError:
        return None
    return event if topic_of(event) == letter["topic"] else None
