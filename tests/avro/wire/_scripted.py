"""A peer that answers what a test says, and remembers what it was asked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from aiohttp import web


@dataclass
class Peer:
    """An HTTP server. Its answers are given in order; the last one for good."""

    answers: list[web.Response | None]
    """None: it keeps silent."""
    url: str = ""
    asked: list[web.BaseRequest] = field(default_factory=list)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.BaseRequest) -> web.Response:
        """Give the next answer."""
        self.asked.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer is None:
            await self.over.wait()
            return web.Response()
        return web.Response(
            status=answer.status, body=answer.body, content_type=answer.content_type
        )


@asynccontextmanager
async def peer(*answers: web.Response | None) -> AsyncIterator[Peer]:
    """Run a peer on 127.0.0.1 while the block runs."""
    served = Peer(list(answers))
    runner = web.ServerRunner(web.Server(served.answer), shutdown_timeout=0)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        served.url = "http://{}:{}".format(*runner.addresses[0])
        yield served
    finally:
        served.over.set()
        await runner.cleanup()


def answer(status: int, content: object) -> web.Response:
    """Return an answer as a registry gives it."""
    return web.json_response(content, status=status)


def paths(asked: Sequence[web.BaseRequest]) -> list[str]:
    """Return what was asked."""
    return [f"{request.method} {request.path}" for request in asked]
