"""Write facts and aggregates to ClickHouse, and acknowledge them once they are there."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from concurrent.futures import ThreadPoolExecutor

import faust
from faust.types import StreamT

from agents._arrivals import is_there
from agents._learning import learn_schemas
from pipeline.monitoring import Work
from pipeline.outputs import dead_record
from pipeline.transport import Batch, Output, StaleBatchError
from pipeline.transport.app import batch_topic, producer_of
from pipeline.warehouse import WarehouseError
from pipeline.warehouse.process import Delivery, Unusable, WritingProcess
from pipeline.warehouse.tables import CONTENTS
from pipeline.worker import Context

NAME = "warehouse"

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0
_LONGEST_TRY_SECONDS = 3600.0
"""Each insert gives up by itself after five minutes without an answer; this is for all of them."""

_log = logging.getLogger(__name__)


def add_agent(app: faust.App, context: Context) -> None:
    """Add the agent to an app that has not started."""

    @app.agent(batch_topic(app, *CONTENTS), name=NAME)
    async def warehouse(batches: StreamT[Batch]) -> None:
        with ThreadPoolExecutor(1, thread_name_prefix=NAME) as thread:
            sink = _Sink(app, context, thread)
            try:
                await _serve(aiter(batches), sink, context)
            finally:
                sink.process.interrupt()
                thread.submit(sink.process.close)


async def _serve(batches: AsyncIterator[Batch], sink: _Sink, context: Context) -> None:
    """Take batches as they come; write when enough rows wait, or the oldest waited long enough."""
    loop = asyncio.get_running_loop()
    coming = asyncio.ensure_future(anext(batches, None))
    due = loop.time()
    try:
        while True:
            patience = max(0.0, due - loop.time()) if sink.batches else None
            arrived, _ = await asyncio.wait({coming}, timeout=patience)
            if arrived:
                batch = coming.result()
                if batch is None:
                    return
                if not sink.batches:
                    due = loop.time() + context.insert_seconds
                sink.take(batch)
                coming = asyncio.ensure_future(anext(batches, None))
            is_due = bool(sink.batches) and loop.time() >= due
            if sink.records >= context.insert_rows or (is_due and not await is_there(coming)):
                await sink.write()
    finally:
        coming.cancel()


class _Sink:
    """Batches whose rows are not in the warehouse yet."""

    def __init__(self, app: faust.App, context: Context, thread: ThreadPoolExecutor) -> None:
        self.process = WritingProcess(context.warehouse)
        self.batches: list[Batch] = []
        self.records = 0
        self._app = app
        self._monitor = context.monitor
        self._wire = context.wire
        self._newest = 0
        self._thread = thread

    def take(self, batch: Batch) -> None:
        """Take a batch."""
        self.batches.append(batch)
        self.records += len(batch.records)

    async def write(self) -> None:
        """Write what was taken, however long the warehouse is away; then acknowledge it."""
        batches, self.batches, self.records = self.batches, [], 0
        work = self._monitor.take_up(NAME, batches)
        await learn_schemas(self._wire, work)
        unusable = await self._insert(work)
        dead = [_dead(batches[each.delivery], each) for each in unusable]
        for each in unusable:
            work.put_aside(each.kind)
        parts = _by_assignment(batches, dead)
        await asyncio.gather(*(self._commit(work, *part) for part in parts))
        work.done()

    async def _insert(self, work: Work) -> list[Unusable]:
        order = [self._delivery(batch) for batch in work.batches]
        metrics = self._monitor.metrics
        pause = _FIRST_PAUSE
        while True:
            try:
                with metrics.insert_seconds.time():
                    unusable = await self._try(order, work)
            except WarehouseError as error:
                metrics.insert_retries.inc()
                _log.warning("The warehouse did not take %d batches: %s", len(order), error)
                with work.busy(pause):
                    await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                newest = max(batch.records[-1].timestamp for batch in work.batches)
                self._newest = max(self._newest, newest)
                metrics.newest_record.set(self._newest / 1000)
                return unusable

    async def _try(self, order: list[Delivery], work: Work) -> list[Unusable]:
        loop = asyncio.get_running_loop()
        # While the warehouse is away, its agent waits, and is not stuck.
        with work.busy(_LONGEST_TRY_SECONDS):
            return await loop.run_in_executor(self._thread, self.process.write, order)

    def _delivery(self, batch: Batch) -> Delivery:
        offsets = [record.offset for record in batch.records]
        return Delivery(batch.topic, offsets, self._wire.values(batch))

    async def _commit(self, work: Work, batches: list[Batch], dead: list[Output]) -> None:
        try:
            await producer_of(self._app).commit_batches(NAME, batches, self._wire.outgoing(dead))
        except StaleBatchError:
            work.is_stale(batches)


def _by_assignment(
    batches: list[Batch], dead: list[tuple[Batch, Output]]
) -> Iterable[tuple[list[Batch], list[Output]]]:
    """Part what can be committed together: the batches of one partition number and assignment.

    Each number may have gone to another worker meanwhile, or have come back: what was read before
    is stale then, and what was read since is not.
    """
    parts: defaultdict[tuple[int, int], tuple[list[Batch], list[Output]]]
    parts = defaultdict(lambda: ([], []))
    for batch in batches:
        parts[batch.partition, batch.generation][0].append(batch)
    for batch, letter in dead:
        parts[batch.partition, batch.generation][1].append(letter)
    return parts.values()


def _dead(batch: Batch, unusable: Unusable) -> tuple[Batch, Output]:
    record = batch.records[unusable.record]
    return batch, dead_record(batch, record, unusable.reason, unusable.field)
