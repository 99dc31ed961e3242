"""Whether a system does its work."""

from __future__ import annotations

import asyncio
from enum import StrEnum

import msgspec
from clickhouse_driver.errors import Error as DriverError

from pipeline.embedded import EmbeddedSystem
from pipeline.warehouse import Address
from pipeline.web._recent import Recent

_PATIENCE_SECONDS = 5.0
_SECONDS = 1.0


class Status(StrEnum):
    """The whole in one word."""

    OK = "ok"
    FAILING = "failing"


class Health(msgspec.Struct, frozen=True):
    """What `GET /health` says."""

    status: Status
    """`ok` when the agents run and the warehouse answers."""
    agents_run: bool
    warehouse_answers: bool
    lag: int | None
    """How many records the agents have yet to process; None while they do not run."""


class HealthCheck:
    """Looks after one system."""

    def __init__(self, system: EmbeddedSystem) -> None:
        self._system = system
        self._answers = Recent(self._ask_warehouse, _SECONDS)

    async def check(self) -> Health:
        """Say how the system does; the warehouse is given five seconds to answer."""
        answers = await self._answers.get()
        runs = self._system.is_running
        return Health(
            status=Status.OK if answers and runs else Status.FAILING,
            agents_run=runs,
            warehouse_answers=answers,
            lag=self._system.lag if runs else None,
        )

    async def close(self) -> None:
        """Wait for nothing any more."""
        await self._answers.close()

    async def _ask_warehouse(self) -> bool:
        asking = asyncio.to_thread(_ask, self._system.warehouse)
        try:
            await asyncio.wait_for(asking, _PATIENCE_SECONDS)
        except (DriverError, OSError, EOFError, TimeoutError):
            return False
        return True


def _ask(address: Address) -> None:
    client = address.connect()
    try:
        client.execute("SELECT 1")
    finally:
        client.disconnect()
