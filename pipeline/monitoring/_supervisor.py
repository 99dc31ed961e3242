"""Watching over the agents of a worker from a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from threading import Event, Thread

import faust
from aiohttp import web
from prometheus_client import CollectorRegistry

from pipeline.monitoring._health import Health, State, health_of, reason
from pipeline.monitoring._lookups import StandingsLookup
from pipeline.monitoring._monitor import Monitor
from pipeline.monitoring._observing import observe
from pipeline.monitoring._pages import pages
from pipeline.monitoring.liveness import Observation, Standstill, Watchdog
from pipeline.transport.app import consumer_of

_LOOK_EVERY = 1.0
_TICK = 0.1
_ASK_EVERY = 5.0
_ANSWER_SECONDS = 10.0
_STOP_SECONDS = 1.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Supervision:
    """How a worker is watched over."""

    socket: socket.socket
    """It listens already; health and metrics are served on it."""
    patience: float
    """For how many seconds something may stand still although there is work for it."""
    end: Callable[[str], None]
    """Ends the process, and says why; called once, in a thread of its own."""


@asynccontextmanager
async def supervised(
    app: faust.App, monitor: Monitor, supervision: Supervision
) -> AsyncIterator[None]:
    """Watch over an app of this event loop while the block runs, which starts and stops it.

    What looks, and answers, runs in a thread of its own: it notices when this event loop stops to
    turn. It cannot help where no thread gets a turn; then nobody answers for its health.
    """
    supervisor = _Supervisor(app, monitor, supervision)
    lookup = StandingsLookup(supervisor.seen)
    monitor.metrics.registry.register(lookup)
    thread = Thread(target=supervisor.run, name="supervisor", daemon=True)
    thread.start()
    tasks = [asyncio.ensure_future(supervisor.observe()), asyncio.ensure_future(supervisor.ask())]
    try:
        yield
    finally:
        supervisor.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.to_thread(thread.join)
        monitor.metrics.registry.unregister(lookup)


class _Supervisor:
    """Its attributes are replaced as a whole, so that each thread sees them complete."""

    def __init__(self, app: faust.App, monitor: Monitor, supervision: Supervision) -> None:
        self._app = app
        self._signs = monitor.signs
        self._supervision = supervision
        self._watchdog = Watchdog(supervision.patience, time.monotonic())
        self._log_answers = True
        self._observation: Observation | None = None
        self._standstills: list[Standstill] = []
        self._stopped = Event()
        self.registry: CollectorRegistry = monitor.metrics.registry

    # In the event loop of the app

    async def observe(self) -> None:
        """Look at the app every second, until cancelled."""
        while True:
            self._observation = observe(self._app, log_answers=self._log_answers)
            await asyncio.sleep(_LOOK_EVERY)

    async def ask(self) -> None:
        """Ask the log how far it goes, every few seconds, until cancelled."""
        while True:
            await asyncio.sleep(_ASK_EVERY)
            if self._app.rebalancing_count and not self._app.should_stop:
                self._log_answers = await self._answers()

    async def _answers(self) -> bool:
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                return await consumer_of(self._app).learn_ends()
        except TimeoutError:
            return False

    # In the thread

    def run(self) -> None:
        """Serve and look until told to stop."""
        try:
            asyncio.run(self._attend())
        except Exception:  # noqa: BLE001 - whatever it is, the agents go on without
            _log.exception("Nobody watches over this worker any more")

    async def _attend(self) -> None:
        runner = web.AppRunner(pages(self), access_log=None, shutdown_timeout=_STOP_SECONDS)
        await runner.setup()
        try:
            await web.SockSite(runner, self._supervision.socket).start()
            while not self._stopped.is_set():
                self._look()
                await asyncio.sleep(_TICK)
        finally:
            await runner.cleanup()

    def _look(self) -> None:
        already = bool(self._standstills)
        self._standstills = self._watchdog.look(
            time.monotonic(), self._observation, self._signs.last
        )
        if self._standstills and not already:
            self._supervision.end("; ".join(map(reason, self._standstills)))

    # In any thread

    def stop(self) -> None:
        """Let the thread come to its end."""
        self._stopped.set()

    def health(self, now: float) -> Health:
        """Return the health as of `now`, in seconds since 1970 (UTC)."""
        return health_of(self._observation, self._standstills, now)

    def seen(self) -> tuple[Observation | None, State]:
        """Return the last observation, and the state of the app by it."""
        return self._observation, self.health(0.0).state
