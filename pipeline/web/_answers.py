"""Answers in JSON."""

from __future__ import annotations

from http import HTTPStatus

import msgspec
from aiohttp import web


def json_answer(content: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK) -> web.Response:
    """Return an answer with this content as indented JSON."""
    body = msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
    return web.Response(status=status, body=body, content_type="application/json")
