"""Messages between this process and one that it started: four bytes of length, then the message."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

_LENGTH_BYTES = 4


def write_frame(stream: IO[bytes], message: bytes) -> None:
    """Write a message and flush it. Raises BrokenPipeError when nobody reads them any more."""
    stream.write(len(message).to_bytes(_LENGTH_BYTES))
    stream.write(message)
    stream.flush()


def read_frames(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield whole messages; one that breaks off ends them, as its writer has ended. Blocks."""
    while len(head := stream.read(_LENGTH_BYTES)) == _LENGTH_BYTES:
        length = int.from_bytes(head)
        message = stream.read(length)
        if len(message) < length:
            return
        yield message
