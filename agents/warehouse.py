"""Write facts and aggregates to ClickHouse, and acknowledge them once they are there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor

import faust
from faust.types import StreamT

from pipeline.avro import DecodeError, decode
from pipeline.outputs import dead_record
from pipeline.topics import Topic
from pipeline.transport import Batch, Output, StaleBatchError
from pipeline.transport.app import batch_topic, producer_of
from pipeline.warehouse import PendingRows, WarehouseError, Writer
from pipeline.warehouse.tables import CONTENTS
from pipeline.worker import Context

NAME = "warehouse"

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0

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
                thread.submit(sink.writer.close)


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
            if sink.rows.count >= context.insert_rows or (sink.batches and loop.time() >= due):
                await sink.write()
    finally:
        coming.cancel()


class _Sink:
    """Batches whose rows are not in the warehouse yet."""

    def __init__(self, app: faust.App, context: Context, thread: ThreadPoolExecutor) -> None:
        self.writer = Writer(context.warehouse)
        self.batches: list[Batch] = []
        self.rows = PendingRows()
        self._dead: list[Output] = []
        self._app = app
        self._thread = thread

    def take(self, batch: Batch) -> None:
        """Take a batch; the offset of each record is the version of its rows."""
        schema, tables, check = CONTENTS[Topic(batch.topic)]
        for record in batch.records:
            try:
                name, value = decode(record.value or b"")
                if name is schema:
                    if check is not None:
                        check(record.value or b"")
                    self.rows.add(tables, value, record.offset)
                else:
                    reason = f"a {name} does not belong into {batch.topic}"
                    self._dead.append(dead_record(batch, record, reason))
            except DecodeError as error:
                self._dead.append(dead_record(batch, record, error.reason, error.field))
        self.batches.append(batch)

    async def write(self) -> None:
        """Write the rows, however long the warehouse is away; then acknowledge their batches."""
        batches, rows, dead = self.batches, self.rows, self._dead
        self.batches, self.rows, self._dead = [], PendingRows(), []
        loop = asyncio.get_running_loop()
        pause = _FIRST_PAUSE
        while True:
            try:
                await loop.run_in_executor(self._thread, rows.write, self.writer)
                break
            except WarehouseError as error:
                _log.warning("The warehouse did not take %d rows: %s", rows.count, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        try:
            await producer_of(self._app).commit_batches(NAME, batches, dead)
        except StaleBatchError:
            return
