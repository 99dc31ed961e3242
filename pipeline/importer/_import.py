"""Bring lines into a log: of a file each once, however often its import breaks off."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from pipeline.events import Event, Milliseconds
from pipeline.importer._log import Log
from pipeline.importer._pieces import EncodedEvent, Piece, encoded, pieces_of
from pipeline.importer._reading import read_elsewhere
from pipeline.ingest import LineReader, RejectedLine, Source, SourceError, chunks_of, read_chunks
from pipeline.outputs import dead_line
from pipeline.transport import Output
from pipeline.transport.sqlite import Position, Transaction

_GROUP = "import"
_UNDER_WAY = 4
"""How many steps may wait for the disk at once: what agents write to the log stands before them."""
_LARGE = 2 * 1024 * 1024
"""Of a file with as many bytes, reading is worth a process of its own."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step of an import brought in."""

    bytes_read: int
    """How far the file is read, in bytes as it stands on disk."""
    events: int
    rejected: tuple[RejectedLine, ...]
    """Lines that went to the dead letters."""


def import_file(log: Log, source: Source, now: Milliseconds) -> Iterator[Step]:
    """Append the events of a file to their topics, and its bad lines to the dead letters.

    Each step is one durable transaction, which also notes the line that it has reached: an import
    that broke off goes on from there, and a file that was imported before gives no step. What it
    was before is told by its content, not by its name; standard input is always new. `now` dates
    the dead letters. Blocks for the disk. Raises SourceError when the file cannot be read.
    """
    place = _place(source)
    first_line = 1 if place is None else log.position(_GROUP, place, 0) or 1
    if source.size is not None and source.size >= _LARGE:
        pieces = read_elsewhere(source, first_line)
    else:
        pieces = pieces_of(read_chunks(source, first_line=first_line))
    return _append(log, source.name, pieces, now, place)


def import_lines(log: Log, name: str, reader: LineReader, now: Milliseconds) -> Iterator[Step]:
    """Append what an open reader gives, as `import_file` does, under this name.

    Nothing is noted of how far it came: who gives the same again has it appended again, and the
    agents count each event once. Blocks for the reader and for the disk. Raises SourceError when
    the lines are damaged or break off; what came in before stays.
    """
    return _append(log, name, pieces_of(chunks_of(reader)), now, None)


def event_output(event: Event) -> Output:
    """Return the record of an event, keyed by its account."""
    return _output(encoded(event))


def _append(
    log: Log, name: str, pieces: Iterable[Piece], now: Milliseconds, place: str | None
) -> Iterator[Step]:
    under_way: deque[tuple[Future[list[int]], Step]] = deque()
    try:
        for piece in pieces:
            outputs = [*map(_output, piece.events), *_dead_lines(name, piece, now)]
            positions = [] if place is None else [Position(_GROUP, place, 0, piece.next_line)]
            written = log.submit(Transaction(outputs=outputs, positions=positions))
            step = Step(piece.bytes_read, len(piece.events), tuple(piece.rejections))
            under_way.append((written, step))
            if len(under_way) == _UNDER_WAY:
                yield _durable(*under_way.popleft())
    except SourceError:
        yield from (_durable(*each) for each in under_way)
        raise
    yield from (_durable(*each) for each in under_way)


def _durable(written: Future[list[int]], step: Step) -> Step:
    written.result()
    return step


def _output(event: EncodedEvent) -> Output:
    return Output(event.topic, event.key, event.value)


def _place(source: Source) -> str | None:
    digest = source.digest()
    return None if digest is None else f"file:{digest}"


def _dead_lines(name: str, piece: Piece, now: Milliseconds) -> Iterator[Output]:
    for rejected in piece.rejections:
        yield dead_line(
            name,
            rejected.line_number,
            payload=rejected.line,
            field=rejected.rejection.field,
            reason=rejected.rejection.reason,
            at=now,
        )
