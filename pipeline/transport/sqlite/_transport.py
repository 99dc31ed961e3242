"""What Faust finds behind `sqlite://`."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, cast

from faust.transport import base
from faust.transport.consumer import Fetcher as BaseFetcher
from mode import Service

from pipeline.transport._in_flight import InFlight
from pipeline.transport.sqlite._conductor import Conductor
from pipeline.transport.sqlite._consumer import Consumer
from pipeline.transport.sqlite._errors import LogClosedError
from pipeline.transport.sqlite._log import SqliteLog
from pipeline.transport.sqlite._producer import Producer
from pipeline.transport.sqlite._settings import Settings


class Fetcher(BaseFetcher):
    """Runs the consumer's delivery."""

    @Service.task
    async def _fetcher(self) -> None:
        try:
            await cast("Consumer", self.app.consumer).deliver()
        finally:
            self.set_shutdown()


class Transport(base.Transport):
    """One worker process, one log, no broker."""

    Consumer: ClassVar[type[Consumer]] = Consumer
    Producer: ClassVar[type[Producer]] = Producer
    Conductor: ClassVar[type[Conductor]] = Conductor
    Fetcher: ClassVar[type[Fetcher]] = Fetcher

    default_port = 0
    driver_version = "sqlite"

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as Faust has it
        super().__init__(*arguments, **options)
        self.settings = Settings.from_url(self.url[0])
        self.in_flight = InFlight(self.settings.batches_in_flight)
        self._log: SqliteLog | None = None

    @property
    def log(self) -> SqliteLog:
        """The open log; raises LogClosedError before the app has started and after it stopped."""
        if self._log is None:
            raise LogClosedError(
                f"The log {self.settings.path} is open only while the app is started."
            )
        return self._log

    @property
    def is_open(self) -> bool:
        """Whether the log is open."""
        return self._log is not None

    async def open_log(self) -> None:
        """Open the log without blocking the event loop."""
        self._log = await asyncio.to_thread(SqliteLog.open, self.settings.path)

    async def close_log(self) -> None:
        """Close the log, if it is open, without blocking the event loop."""
        log, self._log = self._log, None
        if log is not None:
            await asyncio.to_thread(log.close)
