"""Everything in one process: the log, the agents and the warehouse."""

from __future__ import annotations

import asyncio
import os
import secrets
import shlex
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field

import faust

from pipeline.embedded._directory import DataDirectory, Endpoint
from pipeline.embedded._rebuild import finish_rebuild
from pipeline.embedded._topics import PARTITIONS, create_topics
from pipeline.judging import Lexicons
from pipeline.monitoring import CacheLookup, Monitor, StandingsLookup, look_at
from pipeline.notify import AlertSettings
from pipeline.state import DEFAULT_CACHE_BYTES, Cache
from pipeline.transport.app import consumer_of, running
from pipeline.transport.sqlite import SqliteLog
from pipeline.warehouse import Address, migrate
from pipeline.warehouse.embedded import EmbeddedServer
from pipeline.worker import AppFactory, Context

_HOST = "127.0.0.1"
_USER = "default"


@dataclass(frozen=True, slots=True)
class Settings:
    """What may be chosen for a system in one process."""

    batch_records: int = 2_000
    """The most records of one partition and topic that are processed together."""
    batch_bytes: int = 1024 * 1024
    """And the most bytes of them: what agents tell one another comes in large records."""
    insert_rows: int = 20_000
    """The warehouse gets records when this many are waiting,"""
    insert_seconds: float = 1.0
    """or when the oldest has waited this long."""
    cache_bytes: int = DEFAULT_CACHE_BYTES
    """How much decoded state is kept in memory."""
    warehouse_port: int = 0
    """The port of ClickHouse's native protocol; 0 picks a free one."""
    web_port: int | None = None
    """The port of HTTP; None: no HTTP."""
    alerts: AlertSettings | None = None
    """Who is told of alerts; None: nobody."""
    lexicons: Lexicons = field(default_factory=dict)
    """What workspaces judge messages by, beside what is shipped."""


@dataclass(frozen=True, slots=True)
class EmbeddedSystem:
    """A system that runs in this process."""

    log: SqliteLog
    warehouse: Address
    app: faust.App
    monitor: Monitor

    async def drained(self) -> None:
        """Wait until everything in the log is processed and in the warehouse."""
        await consumer_of(self.app).drained()

    async def stopped(self) -> None:
        """Wait until the agents stop: within `running_system`, because one of them failed."""
        await self.app.wait_until_stopped()

    @property
    def is_running(self) -> bool:
        """Whether the agents work; no more once one of them failed."""
        return bool(self.app.started and not self.app.should_stop)

    @property
    def lag(self) -> int:
        """How many records the agents have yet to acknowledge, those for the warehouse included."""
        return sum(consumer_of(self.app).lag().values())


@contextmanager
def open_warehouse(
    directory: DataDirectory,
    settings: Settings = Settings(),
) -> Iterator[Address]:
    """Serve the warehouse of a folder while the block runs, and say where.

    The folder is claimed: raises DirectoryInUseError if another process has it. Blocks for the
    engine and for migrations.
    """
    secret = secrets.token_urlsafe(24)
    with directory.claim():
        server = EmbeddedServer(
            directory.warehouse,
            host=_HOST,
            port=settings.warehouse_port,
            user=_USER,
            password=secret,
        )
        with server:
            address = Address(_HOST, server.address[1], _USER, secret)
            migrate(address)
            directory.publish(
                Endpoint(os.getpid(), _command(), address.port, settings.web_port, secret)
            )
            yield address


def _command() -> str:
    """Return what this process was started with; an argument need be no UTF-8."""
    return shlex.join(sys.argv).encode(errors="backslashreplace").decode()


@asynccontextmanager
async def running_system(
    directory: DataDirectory,
    make_app: AppFactory,
    settings: Settings = Settings(),
) -> AsyncIterator[EmbeddedSystem]:
    """Run everything on a folder while the block runs.

    Raises DirectoryInUseError if another process has it, and what an agent failed of.
    """
    with open_warehouse(directory, settings) as address:
        log = await asyncio.to_thread(SqliteLog.open, directory.log_path)
        with log:
            await asyncio.to_thread(create_topics, log)
            await asyncio.to_thread(finish_rebuild, log, directory.state, address)
            cache, monitor = Cache(settings.cache_bytes), Monitor()
            context = Context(
                partitions=PARTITIONS,
                state_directory=directory.state,
                warehouse=address,
                insert_rows=settings.insert_rows,
                insert_seconds=settings.insert_seconds,
                cache=cache,
                monitor=monitor,
                alerts=settings.alerts,
                lexicons=settings.lexicons,
            )
            batches = f"batch_records={settings.batch_records}&batch_bytes={settings.batch_bytes}"
            log_url = f"{directory.log_url}?{batches}"
            app = make_app(log_url, context)
            monitor.metrics.registry.register(CacheLookup(cache))
            monitor.metrics.registry.register(StandingsLookup(lambda: look_at(app)))
            async with running(app):
                yield EmbeddedSystem(log, address, app, monitor)
