"""Sending a log to a system that runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from http.client import HTTPConnection, HTTPException
from io import BufferedReader
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

import msgspec

from pipeline.embedded import Endpoint
from pipeline.ingest import STANDARD_INPUT, Source, SourceError
from pipeline.web import LOOPBACK, Taken

_BLOCK = 256 * 1024
_PATIENCE_SECONDS = 600
"""A process that is just starting lets clients wait until it is ready."""


class UploadError(Exception):
    """A system cannot be reached, or answers what nobody understands; the message says which."""


def upload(endpoint: Endpoint, source: Source, sent: Callable[[int], None]) -> Taken:
    """Send a log as it stands on disk, and return what became of its lines.

    `sent` is told how many bytes are on their way, again and again. Blocks as long as the system
    takes. Raises SourceError when the log cannot be read, UploadError when the system goes away:
    what it had taken in by then stays.
    """
    assert endpoint.web_port is not None
    connection = HTTPConnection(LOOPBACK, endpoint.web_port, timeout=_PATIENCE_SECONDS)
    address = f"/v1/events?{urlencode({'name': source.name})}"
    headers = {"Authorization": f"Bearer {endpoint.secret}"}
    with closing(connection):
        try:
            # It may refuse before all is sent: then its answer says why.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(
                    "POST", address, _blocks(source, sent), headers, encode_chunked=True
                )
            answer = connection.getresponse().read()
            return msgspec.json.decode(answer, type=Taken)
        except (OSError, HTTPException, msgspec.DecodeError) as error:
            raise UploadError(
                f"{source.name}: the connection to process {endpoint.pid} broke off "
                f"({error or type(error).__name__}). What it had taken in by then stays; send the "
                "file again, each event counts once."
            ) from None


def _blocks(source: Source, sent: Callable[[int], None]) -> Iterator[bytes]:
    done = 0
    with _opened(source) as file:
        while block := _read(source, file):
            yield block
            done += len(block)
            sent(done)


def _opened(source: Source) -> AbstractContextManager[BufferedReader]:
    if source.name == STANDARD_INPUT:
        return nullcontext(cast("BufferedReader", sys.stdin.buffer))
    try:
        return Path(source.name).open("rb")
    except OSError as error:
        raise SourceError(f"{source.name}: {error.strerror}") from None


def _read(source: Source, file: BufferedReader) -> bytes:
    """Return what is there, at most one block; nothing at the end."""
    try:
        return file.read1(_BLOCK)
    except OSError as error:
        raise SourceError(f"{source.name}: {error.strerror}") from None
