"""Bring files into a log: each line once, however often the import breaks off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.accounts import Account, partition_key
from pipeline.avro import encode_event, topic_of
from pipeline.events import Event, Milliseconds
from pipeline.ingest import Chunk, RejectedLine, Source, read_chunks
from pipeline.outputs import dead_line
from pipeline.transport import Output
from pipeline.transport.sqlite import Position, SqliteLog, Transaction

_GROUP = "import"


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of an import brought in."""

    bytes_read: int
    """How far the file is read, in bytes as it stands on disk."""
    events: int
    rejected: tuple[RejectedLine, ...]
    """Lines that went to the dead letters."""


def import_file(log: SqliteLog, source: Source, now: Milliseconds) -> Iterator[Step]:
    """Append the events of a file to their topics, and its bad lines to the dead letters.

    Each step is one durable transaction, which also notes the line that it has reached: an import
    that broke off goes on from there, and a file that was imported before gives no step. What it
    was before is told by its content, not by its name; standard input is always new. `now` dates
    the dead letters. Blocks for the disk. Raises SourceError when the file cannot be read.
    """
    place = _place(source)
    first_line = 1 if place is None else log.position(_GROUP, place, 0) or 1
    for chunk in read_chunks(source, first_line=first_line):
        outputs = [*map(event_output, chunk.events), *_dead_lines(source, chunk, now)]
        positions = [] if place is None else [Position(_GROUP, place, 0, chunk.next_line)]
        log.submit(Transaction(outputs=outputs, positions=positions)).result()
        yield Step(chunk.bytes_read, len(chunk.events), tuple(chunk.rejections))


def event_output(event: Event) -> Output:
    """Return the record of an event, keyed by its account."""
    return Output(topic_of(event), partition_key(Account.of(event)), encode_event(event))


def _place(source: Source) -> str | None:
    digest = source.digest()
    return None if digest is None else f"file:{digest}"


def _dead_lines(source: Source, chunk: Chunk, now: Milliseconds) -> Iterator[Output]:
    for rejected in chunk.rejections:
        yield dead_line(
            source.name,
            rejected.line_number,
            payload=rejected.line,
            field=rejected.rejection.field,
            reason=rejected.rejection.reason,
            at=now,
        )
