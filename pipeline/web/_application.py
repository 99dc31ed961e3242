"""The web server of one system: which request goes where."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from aiohttp import web

from pipeline.embedded import EmbeddedSystem
from pipeline.web._door import Door
from pipeline.web._events import take_events
from pipeline.web._guard import add_security_headers, answer_errors, check_host, check_secret
from pipeline.web._health import HealthCheck
from pipeline.web._pauses import decide_pause
from pipeline.web._reading import give_health, give_metrics, give_report, show_page
from pipeline.web._reports import Reports
from pipeline.web._served import SERVED, Served

ROUTES = (
    web.get("/", show_page),
    web.get("/health", give_health),
    web.get("/metrics", give_metrics),
    web.get("/v1/report", give_report),
    web.post("/v1/events", take_events),
    web.post("/v1/pauses", decide_pause),
)
_IMPORTS = 16
"""So many requests are read at the same time; the next waits, and its client with it."""
_STOP_SECONDS = 2.0
"""How long requests may go on once the server stops."""


@asynccontextmanager
async def serving(
    system: EmbeddedSystem, door: Door, sockets: Iterable[socket.socket], names: Iterable[str] = ()
) -> AsyncIterator[None]:
    """Serve a system on sockets that listen, in this event loop, while the block runs.

    `names` are the host names that it goes by, beside localhost and addresses. At the end of the
    block requests are given a moment to end, then broken off, and no thread is left.
    """
    opened = list(sockets)
    served = Served(
        system=system,
        door=door,
        reports=Reports(system.warehouse),
        health=HealthCheck(system),
        imports=ThreadPoolExecutor(_IMPORTS, thread_name_prefix="web-import"),
        names=frozenset(names),
        cookie=f"outreach-{opened[0].getsockname()[1]}",
    )
    runner = web.AppRunner(
        _application(served),
        access_log=None,
        # Unpacked where it is read, piece by piece.
        auto_decompress=False,
        shutdown_timeout=_STOP_SECONDS,
    )
    await runner.setup()
    try:
        for one in opened:
            await web.SockSite(runner, one).start()
        yield
    finally:
        await runner.cleanup()


def _application(served: Served) -> web.Application:
    application = web.Application(middlewares=[answer_errors, check_host, check_secret])
    application[SERVED] = served
    application.add_routes(ROUTES)
    application.on_response_prepare.append(add_security_headers)
    application.on_cleanup.append(_leave_nothing)
    return application


async def _leave_nothing(application: web.Application) -> None:
    served = application[SERVED]
    await served.reports.close()
    await served.health.close()
    await asyncio.to_thread(served.imports.shutdown)
