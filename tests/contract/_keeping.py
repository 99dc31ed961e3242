"""What a topic keeps, and for how long."""

from __future__ import annotations

from pipeline.topics import Cleanup
from pipeline.transport import Output
from pipeline.transport.app import consumer_of, create_app
from tests.contract._apps import copying, handing_over, numbered, started
from tests.contract._broker import Broker


class KeepingContract:
    """Bind with a fixture `broker`."""

    async def test_compaction(self, broker: Broker) -> None:
        """A compacted topic keeps the newest record of each key, at the offset it had."""
        await broker.create_topic("latest", cleanup=Cleanup.COMPACT)
        outputs = [Output("latest", b"k%d" % (n % 7), b"%d" % n, 0) for n in range(20_000)]
        await broker.append(outputs)
        await broker.clean()
        records = await broker.read("latest")
        assert [record.offset for record in records] == list(range(19_993, 20_000))
        assert [record.value for record in records] == [b"%d" % n for n in range(19_993, 20_000)]

    async def test_offsets_after_compaction(self, broker: Broker) -> None:
        """Offsets go on after a compaction, and a reader passes over what was removed."""
        await broker.create_topic("latest", cleanup=Cleanup.COMPACT)
        await broker.create_topic("out")
        await broker.append([Output("latest", b"rare", b"first", 0)])
        await broker.append([Output("latest", b"k", b"%d" % n, 0) for n in range(20_000)])
        await broker.clean()
        [last] = await broker.append([Output("latest", b"k", b"last", 0)])
        assert last > 20_000
        app = create_app("group", broker.url())
        copying(app, "latest", "out")
        async with started(app):
            await consumer_of(app).drained()
        values = [record.value for record in await broker.read("out")]
        assert values == [b"first", b"19999", b"last"]

    async def test_keeping_everything(self, broker: Broker) -> None:
        """A topic that keeps loses nothing, read or not."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(5000)))
        app = create_app("group", broker.url())
        copying(app, "in", "out")
        async with started(app):
            await consumer_of(app).drained()
        await broker.clean()
        assert len(await broker.read("in")) == len(await broker.read("out")) == 5000

    async def test_consumed(self, broker: Broker) -> None:
        """A consumed topic drops what its reader has acknowledged; its offsets never restart."""
        await broker.create_topic("in", cleanup=Cleanup.CONSUMED)
        await broker.create_topic("out")
        await broker.append(numbered("in", range(5000)))
        app = create_app("group", broker.url())
        copying(app, "in", "out")
        async with started(app):
            await consumer_of(app).drained()
        await broker.clean()
        assert await broker.read("in") == []
        assert await broker.append(numbered("in", [5000])) == [5000]
        app = create_app("group", broker.url())
        copying(app, "in", "out")
        async with started(app):
            await consumer_of(app).drained()
        assert len(await broker.read("out")) == 5001

    async def test_a_reader_that_comes_late(self, broker: Broker) -> None:
        """A group that starts on a consumed topic gets what is left, and is drained with that."""
        await broker.create_topic("in", cleanup=Cleanup.CONSUMED)
        await broker.create_topic("out")
        await broker.append(numbered("in", range(5000)))
        app = create_app("group", broker.url())
        copying(app, "in", "out")
        async with started(app):
            await consumer_of(app).drained()
        await broker.clean()
        late = create_app("late", broker.url())
        batches = handing_over(late, "in")
        async with started(late):
            await consumer_of(late).drained()
            await broker.append(numbered("in", [5000]))
            assert [record.offset for record in (await batches.get()).records] == [5000]

    async def test_unread_records_of_a_consumed_topic(self, broker: Broker) -> None:
        """A consumed topic that nobody has read yet keeps everything."""
        await broker.create_topic("in", cleanup=Cleanup.CONSUMED)
        await broker.append(numbered("in", range(5000)))
        await broker.clean()
        assert len(await broker.read("in")) == 5000
