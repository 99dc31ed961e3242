"""`POST /v1/events`: JSON lines into the log."""

from __future__ import annotations

import asyncio
import io
import time
from http import HTTPStatus

from aiohttp import web

from pipeline.events import Milliseconds
from pipeline.importer import import_lines
from pipeline.ingest import LineReader, SourceError
from pipeline.transport.sqlite import SqliteLog
from pipeline.web._answers import json_answer
from pipeline.web._body import RequestBody
from pipeline.web._problem import ProblemError
from pipeline.web._served import SERVED
from pipeline.web._taken import Taken

_ENCODINGS = frozenset({"", "identity", "gzip"})
_LONGEST_NAME = 1000


async def take_events(request: web.Request) -> web.Response:
    """Take in lines as they come, plain or gzipped, in pieces that are durable each.

    Bad lines go to the dead letters under the name `name` (default `http`), the good ones count all
    the same. A body that breaks off is answered with 400: what is counted in the answer is in.
    """
    served = request.app[SERVED]
    _check_encoding(request.headers.get("Content-Encoding", ""))
    name = _name(request.query.get("name", "http"))
    body = RequestBody(request.content)
    take = asyncio.get_running_loop().run_in_executor(
        served.imports, _take, served.system.log, name, body
    )
    taken = await take
    return json_answer(taken, HTTPStatus.OK if taken.error is None else HTTPStatus.BAD_REQUEST)


def _take(log: SqliteLog, name: str, body: RequestBody) -> Taken:
    taken = Taken()
    try:
        reader = LineReader(name, io.BufferedReader(body))
        for step in import_lines(log, name, reader, _now()):
            taken.add(step)
    except (SourceError, OSError) as error:
        taken.error = str(error)
    return taken


def _check_encoding(encoding: str) -> None:
    """Refuse what cannot be unpacked; whether a body is gzip is then seen from its first bytes."""
    if encoding.lower() not in _ENCODINGS:
        raise ProblemError(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Encoding {encoding!r} is not known here; send lines as they are, or gzip.",
        )


def _name(name: str) -> str:
    if not 0 < len(name) <= _LONGEST_NAME or not name.isprintable():
        raise ProblemError(
            HTTPStatus.BAD_REQUEST,
            f"`name` must have 1 to {_LONGEST_NAME} characters, all of them printable; it is where "
            "the dead letters say that they came from.",
        )
    return name


def _now() -> Milliseconds:
    return Milliseconds(time.time_ns() // 1_000_000)
