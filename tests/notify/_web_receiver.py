"""A web server that takes notices, or not."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
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
        self.answered = 0
        """How many it has answered."""
        self.answers: deque[Answer] = deque()
        self._changed = asyncio.Condition()
        self._ended = asyncio.Event()

    async def wait_for(self, count: int) -> list[Received]:
        """Wait until so many requests have come; return all."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.received) >= count)
        return list(self.received)

    async def let_go(self) -> None:
        """Answer what hangs; return when all of it has its answer."""
        self.end()
        self._ended = asyncio.Event()
        async with self._changed:
            await self._changed.wait_for(lambda: self.answered >= len(self.received))

    async def answer(self, request: web.Request) -> web.StreamResponse:
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
        response = web.Response(
            status=max(answer.status, 200), text=answer.text, headers=answer.headers
        )
        # Who asked may have been killed meanwhile.
        with suppress(ConnectionResetError):
            await response.prepare(request)
            await response.write_eof()
        async with self._changed:
            self.answered += 1
            self._changed.notify_all()
        return response

    def end(self) -> None:
        """Answer what hangs."""
        self._ended.set()


@asynccontextmanager
async def web_receiver(port: int = 0) -> AsyncIterator[WebReceiver]:
    """Serve on this port of this machine, or a free one, while the block runs."""
    application = web.Application()
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
    receiver = WebReceiver(0)
    application.router.add_route("*", "/{path:.*}", receiver.answer)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        receiver.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield receiver
    finally:
        receiver.end()
        await runner.cleanup()
