"""Read a large file in a process of its own, so that reading and processing have a core each.

The child writes pieces to its standard output, and ends when nobody reads them any more.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from typing import IO

import msgspec

from pipeline.frames import read_frames, write_frame
from pipeline.importer._pieces import Piece, pieces_of
from pipeline.ingest import Source, SourceError, read_chunks


class Failure(msgspec.Struct, frozen=True, array_like=True, tag=1):
    """The file cannot be read any further."""

    reason: str


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Piece | Failure).decode


def read_elsewhere(source: Source, first_line: int) -> Iterator[Piece]:
    """Yield the pieces of a file from a line on, which another process reads and encodes.

    Blocks for that process. Raises SourceError when the file cannot be read.
    """
    command = [sys.executable, "-m", "pipeline.importer", source.name, str(first_line)]
    with subprocess.Popen(  # noqa: S603 - this very program
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, start_new_session=True
    ) as child:
        assert child.stdout is not None
        for frame in read_frames(child.stdout):
            piece = _decode(frame)
            if isinstance(piece, Failure):
                raise SourceError(piece.reason)
            yield piece
    if child.returncode:
        raise SourceError(f"{source.name}: the process that read it ended early")


def write_pieces(source: Source, first_line: int, stream: IO[bytes]) -> None:
    """Be the other process: read the file from a line on, and write its pieces.

    Raises BrokenPipeError when nobody reads them any more.
    """
    try:
        for piece in pieces_of(read_chunks(source, first_line=first_line)):
            write_frame(stream, _encode(piece))
    except SourceError as error:
        write_frame(stream, _encode(Failure(str(error))))
