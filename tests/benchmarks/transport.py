"""How many records a second the embedded log appends, reads and delivers.

    python tests/benchmarks/transport.py [RECORDS]

Records have a key of 20 bytes and a value of 200, as an Avro event has, in four partitions.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faust.types import StreamT

from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of, running
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction

_PARTITIONS = 4
_BATCH = 2_000


def main() -> None:
    """Measure everything once, on a log in a temporary folder."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log.db"
        with SqliteLog.open(path) as log:
            log.create_topics(
                [
                    TopicSpec("in", _PARTITIONS),
                    TopicSpec("out", _PARTITIONS),
                ]
            )
            asyncio.run(_append(log, records))
            _read(log, records)
            asyncio.run(_deliver(f"sqlite:///{path}", "reading", records, with_outputs=False))
            asyncio.run(_deliver(f"sqlite:///{path}", "copying", records, with_outputs=True))
        asyncio.run(_idle(f"sqlite:///{path}"))


async def _append(log: SqliteLog, records: int) -> None:
    outputs = [Output("in", b"acme/instagram/%05d" % (n % 500), bytes(200)) for n in range(_BATCH)]
    with _measured("append, waiting for each transaction of 2,000", records):
        for _ in range(records // _BATCH):
            await log.write(Transaction(outputs=outputs))
    small = 200
    with _measured("append, waiting for each transaction of 1", small):
        for _ in range(small):
            await log.write(Transaction(outputs=outputs[:1]))


def _read(log: SqliteLog, records: int) -> None:
    with _measured("read", records):
        for number in range(_PARTITIONS):
            offset = 0
            while found := log.read("in", number, offset):
                offset = found[-1].offset + 1


async def _deliver(url: str, group: str, records: int, *, with_outputs: bool) -> None:
    app = create_app(group, url)

    async def agent(stream: StreamT[Batch]) -> None:
        async for batch in stream:
            outputs = [
                Output("out", record.key, record.value, batch.partition)
                for record in batch.records
                if with_outputs
            ]
            await producer_of(app).commit_batches("agent", [batch], outputs)

    app.agent(batch_topic(app, "in"))(agent)
    with _measured(f"deliver and acknowledge, start included, {group}", records):
        async with running(app):
            await consumer_of(app).drained()


async def _idle(url: str) -> None:
    app = create_app("reading", url)

    async def agent(stream: StreamT[Batch]) -> None:
        async for _ in stream:
            pass

    app.agent(batch_topic(app, "in"))(agent)
    async with running(app):
        seconds = 10.0
        before = time.process_time()
        await asyncio.sleep(seconds)
        share = (time.process_time() - before) / seconds
    sys.stdout.write(f"{'idle':<60}{share:>12.2%} of a core\n")


@contextmanager
def _measured(what: str, records: int) -> Iterator[None]:
    begin = time.perf_counter()
    yield
    rate = records / (time.perf_counter() - begin)
    sys.stdout.write(f"{what:<60}{rate:>12,.0f} records/s\n")


if __name__ == "__main__":
    main()
