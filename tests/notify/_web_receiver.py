"""A web server that takes notices, or not."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import msgspec
from aiohttp import web


class Received(NamedTuple):
    """A request, taken or not."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Return what the body holds."""
        return msgspec.json.decode(self.body)


class Answer(NamedTuple):
    """What it says to a request."""

    status: int = 200
    text: str = "ok"
    headers: Mapping[str, str] = {}


HANG = Answer(0)
"""It says nothing at all."""
BREAK_OFF = Answer(-1)
"""It closes the connection."""


class WebReceiver:
    """Keeps every request; what it answers is written beforehand, else it takes everything."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.received: list[Received] = []
        self.answers: deque[Answer] = deque()
        self._changed = asyncio.Condition()
        self._ended = asyncio.Event()

    async def wait_for(self, count: int) -> list[Received]:
        """Wait until so many requests have come; return all."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.received) >= count)
        return list(self.received)

    async def answer(self, request: web.Request) -> web.Response:
        """Take a request."""
        body = await request.read()
        answer = self.answers.popleft() if self.answers else Answer()
        async with self._changed:
            self.received.append(Received(request.path, request.headers.copy(), body))
            self._changed.notify_all()
        if answer is HANG:
            await self._ended.wait()
        if answer is BREAK_OFF:
            assert request.transport is not None
            request.transport.abort()
        return web.Response(
            status=max(answer.status, 200), text=answer.text, headers=answer.headers
        )

    def end(self) -> None:
        """Answer what hangs."""
        self._ended.set()


@asynccontextmanager
async def web_receiver() -> AsyncIterator[WebReceiver]:
    """Serve on a free port of this machine while the block runs."""
    application = web.Application()
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    receiver = WebReceiver(0)
    application.router.add_route("*", "/{path:.*}", receiver.answer)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield receiver
    finally:
        receiver.end()
        await runner.cleanup()
