"""Where logs are read from: files, folders of them, and standard input."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from pipeline.ingest._lines import LONGEST_LINE

STANDARD_INPUT = "-"
_SUFFIXES = (".jsonl", ".jsonl.gz")
_GZIP_MAGIC = b"\x1f\x8b"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BUFFER = 256 * 1024


class SourceError(Exception):
    """Something named for reading cannot be read; its text is one line for each such thing."""


class Source(msgspec.Struct, frozen=True):
    """One log to read."""

    name: str
    """Its path as given, or `-` for standard input."""
    size: int | None
    """In bytes as it stands on disk, of which progress is measured; None where nobody knows."""

    def digest(self) -> str | None:
        """Return the SHA-256 of the bytes as they stand on disk, in hexadecimal.

        None where they can be read only once. Blocks while it reads the whole file. Raises
        SourceError when the file cannot be read.
        """
        if self.size is None:
            return None
        try:
            with Path(self.name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise SourceError(f"{self.name}: {error.strerror}") from None


def find_sources(arguments: Iterable[str]) -> list[Source]:
    """Return the logs that these arguments name, each once, in their order.

    A folder stands for all `*.jsonl` and `*.jsonl.gz` below it, sorted; `-` for standard input.
    Nothing is read yet. Raises SourceError, which names everything that is missing, may not be
    read, or holds no log.
    """
    sources: dict[str, Source] = {}
    problems: list[str] = []
    for argument in arguments:
        try:
            found = _find(argument)
        except SourceError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{argument}: {error.strerror}")
        else:
            sources |= {source.name: source for source in found if source.name not in sources}
    if problems:
        raise SourceError("\n".join(problems))
    return list(sources.values())


def _find(argument: str) -> list[Source]:
    if argument == STANDARD_INPUT:
        return [Source(STANDARD_INPUT, None)]
    path = Path(argument)
    if not path.exists():
        raise SourceError(f"{argument}: there is no such file or folder; check its spelling")
    if not path.is_dir():
        return [_source(path)]
    below = sorted(file for file in path.rglob("*") if file.name.endswith(_SUFFIXES))
    if not below:
        raise SourceError(f"{argument}: the folder holds no {' or '.join(_SUFFIXES)} file")
    return [_source(file) for file in below if not file.is_dir()]


def _source(path: Path) -> Source:
    if not os.access(path, os.R_OK):
        raise SourceError(f"{path}: it may not be read; check its permissions")
    return Source(str(path), path.stat().st_size if path.is_file() else None)


class LineReader:
    """The lines of one open log, each with its ending, read while one iterates.

    Of a line longer than `LONGEST_LINE` only its first `LONGEST_LINE + 1` bytes are given, so that
    memory stays bounded and the line is known for one that is too long. Iterating raises
    SourceError when the log is damaged or breaks off; the lines before that are sound.
    """

    def __init__(self, name: str, raw: BinaryIO) -> None:
        self._name = name
        self._measured = _MeasuredReader(raw)
        head = self._measured.peek_head(len(_GZIP_MAGIC))
        buffered = io.BufferedReader(self._measured, _BUFFER)
        if head == _GZIP_MAGIC:
            # Piece by piece, so that what stands before a damaged place is not lost with it.
            unpacked = _MeasuredReader(gzip.GzipFile(fileobj=buffered, mode="rb"))
            buffered = io.BufferedReader(unpacked, _BUFFER)
        self._lines = buffered

    @property
    def bytes_read(self) -> int:
        """How many bytes of the log, as it stands on disk, have been read so far."""
        return self._measured.count

    def __iter__(self) -> Iterator[bytes]:
        try:
            first = self._next_line()
            if first:
                yield first.removeprefix(_BYTE_ORDER_MARK)
            while line := self._next_line():
                yield line
        except (OSError, EOFError, zlib.error) as error:
            raise SourceError(f"{self._name}: damaged or cut off ({error})") from error

    def _next_line(self) -> bytes:
        line = self._lines.readline(LONGEST_LINE + 1)
        if len(line) > LONGEST_LINE:
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = self._lines.readline(_BUFFER)
        return line


class _MeasuredReader(io.RawIOBase):
    """Counts what is read from a stream, as soon as any is there; can look at its head before."""

    def __init__(self, stream: BinaryIO | gzip.GzipFile) -> None:
        self._stream = stream
        self._head = b""
        self.count = 0

    def peek_head(self, length: int) -> bytes:
        """Return the first bytes, fewer only where the stream has no more."""
        while len(self._head) < length and (more := self._stream.read(length - len(self._head))):
            self._head += more
        return self._head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # narrower
        piece = self._head or self._stream.read1(len(buffer))  # type: ignore[union-attr] # buffered
        self._head = b""
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)


@contextmanager
def open_source(source: Source, standard_input: BinaryIO | None = None) -> Iterator[LineReader]:
    """Open one log for reading line by line; whether it is gzip is seen from its first bytes.

    Blocks while it reads. Raises SourceError when the file cannot be opened.
    """
    if source.name == STANDARD_INPUT:
        yield LineReader(source.name, standard_input or sys.stdin.buffer)
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(source.name).open("rb"))
        except OSError as error:
            raise SourceError(f"{source.name}: {error.strerror}") from None
        yield LineReader(source.name, file)
