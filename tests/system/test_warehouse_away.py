from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import faust
import pytest

from agents import outreach_app
from pipeline.embedded import DataDirectory, EmbeddedSystem, Settings, running_system
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from pipeline.transport.app import consumer_of
from pipeline.warehouse.tables import CONTENTS
from pipeline.worker import Context
from tests.system._apart import apart, until
from tests.system._dense_log import dense_log
from tests.system._expected import comparable, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system.outreach import views_of
from tests.warehouse.proxy import Fault, Proxy

LOG = dense_log(seed=11, events=1_200)
PIECES = 5
SETTINGS = Settings(insert_seconds=0.05)
FOR_THE_WAREHOUSE = set(map(str, CONTENTS))
"""The topics that no other agent reads."""


@asynccontextmanager
async def behind_a_proxy(data: Path) -> AsyncIterator[tuple[EmbeddedSystem, Proxy]]:
    """Run a system whose agents reach their warehouse through a proxy."""
    proxies: list[Proxy] = []

    def make_app(log: str, context: Context) -> faust.App:
        proxy = Proxy(context.warehouse.port)
        proxy.listen()
        proxies.append(proxy)
        return outreach_app(
            log, replace(context, warehouse=replace(context.warehouse, port=proxy.port))
        )

    async with running_system(DataDirectory(data), make_app, SETTINGS) as system:
        try:
            yield system, proxies[0]
        finally:
            proxies[0].mend()


def load(system: EmbeddedSystem, file: Path) -> None:
    """Import a file; blocks."""
    for source in find_sources([str(file)]):
        for _ in import_file(system.log, source, Milliseconds(0)):
            pass


def lag(system: EmbeddedSystem, *, of_warehouse: bool) -> int:
    """Return how many records the warehouse agent, or all others, have yet to acknowledge."""
    return sum(
        count
        for partition, count in consumer_of(system.app).lag().items()
        if (partition.topic in FOR_THE_WAREHOUSE) is of_warehouse
    )


async def refused(data: Path, files: Sequence[Path]) -> tuple[int, int]:
    """Load everything while the warehouse refuses; return the lags before it is back."""
    async with behind_a_proxy(data) as (system, proxy):
        proxy.refuse()
        for file in files:
            await asyncio.to_thread(load, system, file)
        await until(lambda: lag(system, of_warehouse=False) == 0)
        lags = lag(system, of_warehouse=True), lag(system, of_warehouse=False)
        proxy.listen()
        await system.drained()
        return lags


async def failing(data: Path, files: Sequence[Path], fault: Fault) -> int:
    """Let the network fail once for each file, somewhere; return how often it did."""
    chance = random.Random(fault.name)
    failures = 0
    async with behind_a_proxy(data) as (system, proxy):
        for file in files:
            proxy.fail(fault, chance.randrange(1_000, 40_000))
            await asyncio.to_thread(load, system, file)
            await until(lambda: lag(system, of_warehouse=False) == 0 and proxy.has_failed)
            failures += lag(system, of_warehouse=True) > 0
            proxy.mend()
            await system.drained()
    return failures


def test_others_go_on_while_the_warehouse_refuses(tmp_path: Path) -> None:
    """All other agents finish; when it is back it gets everything, and nothing is lost."""
    files = write_files(tmp_path / "log", shuffled(LOG, 1), PIECES)

    waiting, others = apart(refused, tmp_path / "data", files)

    assert others == 0
    assert waiting > len(LOG)
    assert comparable(views_of(tmp_path / "data")) == expected_views(LOG)


@pytest.mark.parametrize("fault", Fault)
def test_nothing_is_lost_where_connections_fail(tmp_path: Path, fault: Fault) -> None:
    """In the middle of statements and rows, and after rows are written that nobody confirms."""
    files = write_files(tmp_path / "log", shuffled(LOG, 2), PIECES)

    failures = apart(failing, tmp_path / "data", files, fault)

    assert failures == PIECES
    assert comparable(views_of(tmp_path / "data")) == expected_views(LOG)
