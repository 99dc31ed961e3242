"""A log in pieces, each of which an importer appends in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

import msgspec

from pipeline.events import Event
from pipeline.ingest._files import LineReader, Source, open_source
from pipeline.ingest._lines import LONGEST_LINE, parse_line
from pipeline.ingest._rejection import Rejection

CHUNK_BYTES = 8 * 1024 * 1024
"""A chunk ends early once its lines hold this many bytes: memory stays bounded."""
KEPT_BYTES = 1000
"""What is kept of a line that is too long."""


class RejectedLine(NamedTuple):
    """A line that is no event."""

    line_number: int
    """Counted from 1."""
    rejection: Rejection
    line: bytes
    """Its bytes without the line ending; of a line that is too long, the first `KEPT_BYTES`."""


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """Consecutive lines of one log."""

    first_line: int
    """The number of its first line, counted from 1."""
    next_line: int
    """The number of the line after its last: what `read_chunks` goes on from after a restart."""
    events: list[Event]
    """In the order of their lines."""
    rejections: list[RejectedLine]
    bytes_read: int
    """How much of the log, as it stands on disk, had been read when this chunk ended.

    Some of it may belong to later chunks, as files are read in blocks; at the end it is all.
    """


def read_chunks(
    source: Source,
    size: int = 2000,
    *,
    first_line: int = 1,
    standard_input: BinaryIO | None = None,
) -> Iterator[Chunk]:
    """Read a log from line `first_line` on, in chunks of `size` lines; blank lines count, too.

    A log without lines gives no chunk. Blocks while it reads. Raises SourceError when the log
    cannot be read; what was given before that is sound.
    """
    with open_source(source, standard_input) as reader:
        yield from chunks_of(reader, size, first_line=first_line)


def chunks_of(reader: LineReader, size: int = 2000, *, first_line: int = 1) -> Iterator[Chunk]:
    """Read a log that is open, as `read_chunks` does."""
    events: list[Event] = []
    rejections: list[RejectedLine] = []
    start, held = first_line, 0
    number = 0
    for number, line in enumerate(reader, start=1):
        if number < first_line:
            continue
        parsed = parse_line(line)
        if isinstance(parsed, Event):
            events.append(parsed)
        elif parsed is not None:
            rejections.append(RejectedLine(number, parsed, _kept(line)))
        held += len(line)
        if number - start + 1 >= size or held >= CHUNK_BYTES:
            yield _chunk(start, number, events, rejections, reader.bytes_read)
            events, rejections = [], []
            start, held = number + 1, 0
    if number >= start:
        yield _chunk(start, number, events, rejections, reader.bytes_read)


def _chunk(
    first: int, last: int, events: list[Event], rejections: list[RejectedLine], bytes_read: int
) -> Chunk:
    return Chunk(
        first_line=first,
        next_line=last + 1,
        events=events,
        rejections=rejections,
        bytes_read=bytes_read,
    )


def _kept(line: bytes) -> bytes:
    return line[:KEPT_BYTES] if len(line) > LONGEST_LINE else line.rstrip(b"\r\n")
