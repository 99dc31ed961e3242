"""Which records an agent gets, in which batches."""

from __future__ import annotations

import asyncio

import faust
import pytest
from aiokafka.partitioner import (  # type: ignore[import-untyped]  # it ships no types
    DefaultPartitioner,
)
from faust.exceptions import ImproperlyConfigured

from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of
from tests.contract._apps import add_agent, copies, handing_over, numbered, started
from tests.contract._broker import Broker


class DeliveringContract:
    """Bind with a fixture `broker`."""

    async def test_order(self, broker: Broker) -> None:
        """The records of a partition arrive in the order in which they were appended."""
        await broker.create_topic("in", partitions=2)
        await broker.append(numbered("in", range(100), partition=None))
        app = create_app("group", broker.url(batch_records=7))
        batches = handing_over(app, "in")
        seen: dict[int, list[int]] = {0: [], 1: []}
        async with started(app):
            while sum(map(len, seen.values())) < 100:
                batch = await batches.get()
                seen[batch.partition] += [int(record.value or b"") for record in batch.records]
                await producer_of(app).commit_batches("reader", [batch], [])
        assert seen[0] == sorted(seen[0])
        assert seen[1] == sorted(seen[1])
        assert sorted(seen[0] + seen[1]) == list(range(100))

    async def test_partitions_of_keys(self, broker: Broker) -> None:
        """A key goes to the partition that Kafka's default partitioner gives it."""
        await broker.create_topic("in", partitions=5)
        keys = [b"acme/instagram/%d" % number for number in range(50)]
        await broker.append([Output("in", key, b"") for key in keys])
        partitions = range(5)
        for number in partitions:
            assert [record.key for record in await broker.read("in", number)] == [
                key
                for key in keys
                if DefaultPartitioner()(key, list(partitions), list(partitions)) == number
            ]

    async def test_records_without_keys_spread(self, broker: Broker) -> None:
        """Records without a key reach every partition, and all arrive."""
        await broker.create_topic("in", partitions=3)
        await broker.append([Output("in", None, b"%d" % number) for number in range(300)])
        found = [await broker.read("in", number) for number in range(3)]
        assert sum(map(len, found)) == 300

    async def test_whole_records(self, broker: Broker) -> None:
        """Keys, values, headers, tombstones and times arrive as they were written."""
        await broker.create_topic("in")
        outputs = [
            Output("in", b"key", b"value", 0, (("origin", b"\x00\xff"), ("origin", b"twice"))),
            Output("in", b"key", None, 0),
            Output("in", None, b"", 0),
            Output("in", "schlüssel".encode(), bytes(range(256)), 0),
        ]
        offsets = await broker.append(outputs)
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            batch = await batches.get()
        assert [record.offset for record in batch.records] == offsets == [0, 1, 2, 3]
        assert [
            Output("in", record.key, record.value, 0, record.headers) for record in batch.records
        ] == outputs
        assert list(batch.records) == await broker.read("in")
        year_2020, year_2100 = 1_577_836_800_000, 4_102_444_800_000
        assert all(year_2020 < record.timestamp < year_2100 for record in batch.records)

    async def test_most_records_of_a_batch(self, broker: Broker) -> None:
        """A batch has no more records than the URL says, and no less where there are more."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(10)))
        assert await self._batch_sizes(broker.url(batch_records=4), broker) == [4, 4, 2]

    async def test_most_bytes_of_a_batch(self, broker: Broker) -> None:
        """A batch has no more bytes than the URL says, unless its first record alone has more."""
        await broker.create_topic("in")
        sizes = [100, 100, 100, 1000, 100, 100]
        await broker.append([Output("in", None, bytes(size), 0) for size in sizes])
        assert await self._batch_sizes(broker.url(batch_bytes=250), broker) == [2, 1, 1, 2]

    async def _batch_sizes(self, url: str, broker: Broker) -> list[int]:
        app = create_app("group", url)
        sizes: list[int] = []

        async def measure(batch: Batch) -> None:
            sizes.append(len(batch.records))
            await producer_of(app).commit_batches("reader", [batch], [])

        add_agent(app, "in", process=measure)
        async with started(app):
            await consumer_of(app).drained()
        assert await broker.position("group", "in") == await broker.end("in")
        return sizes

    async def test_new_records_arrive(self, broker: Broker) -> None:
        """What is appended while an app has nothing to do arrives without being asked for."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            for number in range(3):
                await broker.append(numbered("in", [number]))
                batch = await batches.get()
                assert [record.value for record in batch.records] == [b"%d" % number]
                await producer_of(app).commit_batches("reader", [batch], [])

    async def test_batches_in_flight(self, broker: Broker) -> None:
        """An agent that acknowledges nothing gets so many batches of a partition and no more."""
        await broker.create_topic("in")
        await broker.create_topic("other")
        await broker.append(numbered("in", range(100)) + numbered("other", range(100)))
        app = create_app("group", broker.url(batch_records=10, batches_in_flight=3))
        held = handing_over(app, "in")
        freely = handing_over(app, "other")
        async with started(app):
            for _ in range(10):
                await producer_of(app).commit_batches("other", [await freely.get()], [])
            assert held.qsize() == 3
            await producer_of(app).commit_batches("in", [held.get_nowait()], [])
            for _ in range(3):
                await held.get()
        assert held.empty()
        assert await broker.position("group", "in") == 10

    async def test_a_stalled_agent_stalls_no_other(self, broker: Broker) -> None:
        """While one agent is stuck, another one's topic is worked off to its end."""
        await broker.create_topic("stuck", partitions=4)
        await broker.create_topic("in", partitions=4)
        await broker.create_topic("out", partitions=4)
        for topic in ("stuck", "in"):
            await broker.append(numbered(topic, range(1000), partition=None))
        app = create_app("group", broker.url(batch_records=10))
        never = asyncio.Event()
        done = asyncio.Event()
        copied = 0

        async def wait_for_ever(_batch: Batch) -> None:
            await never.wait()

        async def copy(batch: Batch) -> None:
            nonlocal copied
            await producer_of(app).commit_batches("copy", [batch], copies(batch, "out"))
            copied += len(batch.records)
            if copied == 1000:
                done.set()

        add_agent(app, "stuck", process=wait_for_ever)
        add_agent(app, "in", process=copy)
        async with started(app):
            await done.wait()
        for number in range(4):
            assert len(await broker.read("out", number)) == await broker.end("in", number)
            assert await broker.position("group", "stuck", number) is None

    async def test_one_reader_a_topic(self, broker: Broker) -> None:
        """Two agents on one topic are refused at the start, with both their names."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())
        for name in ("first", "second"):
            app.agent(batch_topic(app, "in"), name=name)(_idle)
        with pytest.raises(ImproperlyConfigured, match="Agents first and second both read in"):
            async with started(app):
                pass

    async def test_no_concurrency(self, broker: Broker) -> None:
        """An agent that would work on two batches at a time is refused at the start."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())
        app.agent(batch_topic(app, "in"), name="hasty", concurrency=2)(_idle)
        with pytest.raises(ImproperlyConfigured, match="Agent hasty has concurrency=2"):
            async with started(app):
                pass

    async def test_no_single_records(self, broker: Broker) -> None:
        """An agent on a topic that is not read by the batch is refused at the start."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())
        app.agent(app.topic("in"), name="old")(_idle)
        with pytest.raises(ImproperlyConfigured, match="Agent old reads in record by record"):
            async with started(app):
                pass


async def _idle(stream: faust.StreamT[Batch]) -> None:
    async for _ in stream:
        pass
