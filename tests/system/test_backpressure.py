from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import faust
import pytest
from faust.types import TP

from agents import outreach_app
from pipeline.embedded import PARTITIONS, DataDirectory, EmbeddedSystem, Settings, running_system
from pipeline.events import Milliseconds
from pipeline.importer import import_file
from pipeline.ingest import find_sources
from pipeline.transport import Standing
from pipeline.transport.app import consumer_of
from pipeline.warehouse.tables import CONTENTS
from pipeline.worker import Context
from tests.system._apart import apart
from tests.system._dense_log import dense_log
from tests.system._log_files import write_files
from tests.warehouse.proxy import Fault, Proxy

BATCH_RECORDS = 10
BATCHES = 2
"""How many batches of a partition an agent may have unacknowledged, unless the URL says more."""
BOUND = len(CONTENTS) * PARTITIONS * BATCHES * BATCH_RECORDS
SETTINGS = Settings(batch_records=BATCH_RECORDS, insert_rows=50, insert_seconds=0.05)
LOG = dense_log(seed=3, events=1_500)
PIECES = 6
_LOOK_EVERY = 0.001


class Course(NamedTuple):
    """How a warehouse that takes nothing was borne."""

    most_held: int
    """The most records that its agent had at once."""
    lags: list[int]
    """What was left for it after each piece of the log was processed by all others."""
    others: int
    """What was left for them at the end."""
    left: int
    """What was left for anybody when it was back."""


def standings(system: EmbeddedSystem) -> Mapping[TP, Standing]:
    """Return how far all agents are."""
    return consumer_of(system.app).standings()


def sums(system: EmbeddedSystem) -> tuple[Counter[str], Counter[str]]:
    """Return by agent how much is left, and how many records it has."""
    lag: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for standing in standings(system).values():
        lag[standing.agent] += standing.lag
        held[standing.agent] += standing.records_out
    return lag, held


async def bear(data: Path, files: list[Path], fault: Fault | None) -> Course:
    """Load files one by one while the warehouse takes nothing; None: it refuses connections."""
    proxies: list[Proxy] = []

    def make_app(log: str, context: Context) -> faust.App:
        proxy = Proxy(context.warehouse.port)
        proxy.listen()
        proxies.append(proxy)
        away = replace(context.warehouse, port=proxy.port)
        return outreach_app(log, replace(context, warehouse=away))

    most, lags = 0, []
    async with running_system(DataDirectory(data), make_app, SETTINGS) as system:
        (proxy,) = proxies
        if fault is None:
            proxy.refuse()
        else:
            proxy.fail(fault)
        for file in files:
            for source in find_sources([str(file)]):
                await asyncio.to_thread(list, import_file(system.log, source, Milliseconds(0)))
            while True:
                lag, held = sums(system)
                most = max(most, held["warehouse"])
                if lag.total() == lag["warehouse"]:
                    break
                await asyncio.sleep(_LOOK_EVERY)
            lags.append(lag["warehouse"])
        lag, _ = sums(system)
        others = lag.total() - lag["warehouse"]
        if fault is None:
            proxy.listen()
        else:
            proxy.mend()
        await system.drained()
        lag, _ = sums(system)
    return Course(most, lags, others, lag.total())


@pytest.mark.parametrize("fault", [None, Fault.HANG])
def test_a_warehouse_that_takes_nothing_costs_no_memory(
    tmp_path: Path, fault: Fault | None
) -> None:
    """Its agent holds no more than what it may have unacknowledged; the rest waits in the log."""
    files = write_files(tmp_path / "log", LOG, PIECES)

    course = apart(bear, tmp_path / "data", files, fault)

    assert 0 < course.most_held <= BOUND
    assert course.lags == sorted(course.lags)
    assert course.lags[-1] > 2 * BOUND
    assert (course.others, course.left) == (0, 0)
