"""How many records a second go through the transport on a real broker, beside plain aiokafka.

    python tests/benchmarks/kafka_transport.py [RECORDS]

Records have a key of 20 bytes and a value of 200, as an Avro event has, in four partitions. Broker
and worker share this machine's cores, so what counts is the ratio to aiokafka in the same run.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)
from aiokafka.admin import AIOKafkaAdminClient, NewTopic  # type: ignore[import-untyped]  # the same
from faust.types import StreamT

from deploy.kafka import running_cluster
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of, running

_PARTITIONS = 4


def main() -> None:
    """Measure everything once, on a broker in a temporary folder."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    with (
        tempfile.TemporaryDirectory() as folder,
        running_cluster(directory=Path(folder)) as cluster,
    ):
        asyncio.run(_measure(cluster.bootstrap, records))


async def _measure(bootstrap: str, records: int) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic(name, _PARTITIONS, 1) for name in ("in", "out")])
    await admin.close()
    await _fill(bootstrap, records)
    plain = await _plain(bootstrap, records)
    _tell("aiokafka getmany", records, plain, plain)
    for group, with_outputs in (("reading", False), ("copying", True)):
        taken = await _deliver(bootstrap, group, records, with_outputs=with_outputs)
        _tell(f"deliver and acknowledge, {group}", records, taken, plain)
    await _small(bootstrap)
    await _idle(bootstrap)


async def _fill(bootstrap: str, records: int) -> None:
    async with AIOKafkaProducer(bootstrap_servers=bootstrap, max_batch_size=1 << 19) as producer:
        sent = 0
        while sent < records:
            batch = producer.create_batch()
            while sent < records and batch.append(
                timestamp=None, key=b"acme/instagram/%05d" % (sent % 500), value=bytes(200)
            ):
                sent += 1
            await producer.send_batch(batch, "in", partition=sent % _PARTITIONS)


async def _plain(bootstrap: str, records: int) -> float:
    async with AIOKafkaConsumer(bootstrap_servers=bootstrap) as consumer:
        consumer.assign([TopicPartition("in", number) for number in range(_PARTITIONS)])
        await consumer.seek_to_beginning()
        begin = time.perf_counter()
        seen = 0
        while seen < records:
            found = await consumer.getmany(timeout_ms=1000, max_records=8000)
            seen += sum(map(len, found.values()))
        return time.perf_counter() - begin


async def _deliver(bootstrap: str, group: str, records: int, *, with_outputs: bool) -> float:
    app = create_app(group, f"kafka://{bootstrap}")
    seen = 0

    async def agent(stream: StreamT[Batch]) -> None:
        nonlocal seen
        async for batch in stream:
            outputs = [
                Output("out", record.key, record.value, batch.partition)
                for record in batch.records
                if with_outputs
            ]
            await producer_of(app).commit_batches("agent", [batch], outputs)
            seen += len(batch.records)

    app.agent(batch_topic(app, "in"), name="agent")(agent)
    async with running(app):
        begin = time.perf_counter()
        await consumer_of(app).drained()
        taken = time.perf_counter() - begin
    assert seen == records, f"{seen} of {records} were delivered"
    return taken


async def _small(bootstrap: str) -> None:
    app = create_app("small", f"kafka://{bootstrap}?batch_records=1")
    commits = 200
    done = asyncio.Event()
    times: list[float] = []

    async def agent(stream: StreamT[Batch]) -> None:
        async for batch in stream:
            begin = time.perf_counter()
            record = batch.records[0]
            output = Output("out", record.key, record.value, batch.partition)
            await producer_of(app).commit_batches("agent", [batch], [output])
            times.append(time.perf_counter() - begin)
            if len(times) == commits:
                done.set()

    app.agent(batch_topic(app, "in"), name="agent")(agent)
    async with running(app):
        await done.wait()
    middle = sorted(times)[len(times) // 2] * 1000
    sys.stdout.write(f"{'commit of one record and its offset, median':<44}{middle:>12.1f} ms\n")


async def _idle(bootstrap: str) -> None:
    app = create_app("reading", f"kafka://{bootstrap}")

    async def agent(stream: StreamT[Batch]) -> None:
        async for _ in stream:
            pass

    app.agent(batch_topic(app, "in"), name="agent")(agent)
    async with running(app):
        seconds = 10.0
        before = time.process_time()
        await asyncio.sleep(seconds)
        share = (time.process_time() - before) / seconds
    sys.stdout.write(f"{'idle':<44}{share:>12.2%} of a core\n")


def _tell(what: str, records: int, taken: float, plain: float) -> None:
    sys.stdout.write(f"{what:<44}{records / taken:>12,.0f} records/s{plain / taken:>8.2f}\n")


if __name__ == "__main__":
    main()
