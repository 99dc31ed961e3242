"""What holds after a commit, and after none."""

from __future__ import annotations

import pytest

from pipeline.transport import Output, StaleBatchError
from pipeline.transport.app import consumer_of, create_app, producer_of
from tests.contract._apps import copies, handing_over, numbered, started
from tests.contract._broker import Broker


class AcknowledgingContract:
    """Bind with a fixture `broker`."""

    async def test_commit(self, broker: Broker) -> None:
        """A commit appends its outputs, tells their offsets and moves the position."""
        await broker.create_topic("in", partitions=2)
        await broker.create_topic("out", partitions=2)
        await broker.append(numbered("in", range(3), partition=1))
        await broker.append(numbered("out", [100], partition=1))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            batch = await batches.get()
            offsets = await producer_of(app).commit_batches(
                "reader", [batch], [*copies(batch, "out"), Output("out", b"k", None, 0)]
            )
            assert offsets == [1, 2, 3, 0]
            assert await broker.position("group", "in", 1) == batch.next_offset == 3
        assert [record.value for record in await broker.read("out", 1)] == [
            b"100",
            b"0",
            b"1",
            b"2",
        ]
        assert [record.value for record in await broker.read("out", 0)] == [None]

    async def test_several_batches_in_one_commit(self, broker: Broker) -> None:
        """Batches of several topics, and several of one partition, are acknowledged together."""
        topics = ["in", "also-in"]
        for topic in topics:
            await broker.create_topic(topic)
            await broker.append(numbered(topic, range(4)))
        app = create_app("group", broker.url(batch_records=2))
        batches = handing_over(app, *topics)
        async with started(app):
            held = [await batches.get() for _ in range(4)]
            await producer_of(app).commit_batches("reader", held, [])
            assert consumer_of(app).lag() == {("in", 0): 0, ("also-in", 0): 0}
        for topic in topics:
            assert await broker.position("group", topic) == 4

    async def test_partition_numbers_apart(self, broker: Broker) -> None:
        """Batches of different partition numbers, or none at all, are refused as one commit."""
        await broker.create_topic("in", partitions=2)
        for number in range(2):
            await broker.append(numbered("in", range(4), partition=number))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            held = [await batches.get() for _ in range(2)]
            with pytest.raises(ValueError, match=r"one partition number, not of \[0, 1\]"):
                await producer_of(app).commit_batches("reader", held, [])
            with pytest.raises(ValueError, match="one partition number, not of none"):
                await producer_of(app).commit_batches("reader", [], [])
            for batch in held:
                await producer_of(app).commit_batches("reader", [batch], [])
            assert consumer_of(app).lag() == {("in", 0): 0, ("in", 1): 0}

    async def test_nothing_of_a_refused_commit(self, broker: Broker) -> None:
        """A commit with an output that cannot be written writes nothing, and may be done again."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(3)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            batch = await batches.get()
            outputs = [Output("out", b"k", b"v"), Output("out", b"k", b"v", partition=7)]
            with pytest.raises(Exception, match="out"):
                await producer_of(app).commit_batches("reader", [batch], outputs)
            assert await broker.position("group", "in") is None
            assert await broker.read("out") == []
            await producer_of(app).commit_batches("reader", [batch], outputs[:1])
        assert await broker.position("group", "in") == 3
        assert len(await broker.read("out")) == 1

    async def test_resuming(self, broker: Broker) -> None:
        """The next app of a group goes on where the last one has acknowledged; another starts."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(10)))
        app = create_app("group", broker.url(batch_records=4))
        batches = handing_over(app, "in")
        async with started(app):
            await producer_of(app).commit_batches("reader", [await batches.get()], [])
        assert await self._first_offset(broker, "group") == 4
        assert await self._first_offset(broker, "group") == 4
        assert await self._first_offset(broker, "another group") == 0

    async def _first_offset(self, broker: Broker, group: str) -> int:
        app = create_app(group, broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            return (await batches.get()).records[0].offset

    async def test_earlier_batches_first(self, broker: Broker) -> None:
        """A batch cannot be acknowledged before the one ahead of it in its partition."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(4)))
        app = create_app("group", broker.url(batch_records=2))
        batches = handing_over(app, "in")
        async with started(app):
            first, second = await batches.get(), await batches.get()
            with pytest.raises(ValueError, match="must wait for the earlier batch"):
                await producer_of(app).commit_batches("reader", [second], [])
            assert await broker.position("group", "in") is None
            await producer_of(app).commit_batches("reader", [first], [])
            await producer_of(app).commit_batches("reader", [second], [])
        assert await broker.position("group", "in") == 4

    async def test_acknowledged_once(self, broker: Broker) -> None:
        """A batch that has been acknowledged is refused, with its outputs."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(4)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            batch = await batches.get()
            await producer_of(app).commit_batches("reader", [batch], copies(batch, "out"))
            with pytest.raises(StaleBatchError):
                await producer_of(app).commit_batches("reader", [batch], copies(batch, "out"))
        assert len(await broker.read("out")) == 4

    async def test_stale_batches(self, broker: Broker) -> None:
        """After a reassignment the batches from before are refused, and delivered again."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(4)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            before = await batches.get()
            await broker.reassign(app)
            after = await batches.get()
            assert after.generation > before.generation
            assert after.records == before.records
            with pytest.raises(StaleBatchError):
                await producer_of(app).commit_batches("reader", [before], copies(before, "out"))
            assert await broker.read("out") == []
            await producer_of(app).commit_batches("reader", [after], copies(after, "out"))
        assert len(await broker.read("out")) == 4

    async def test_batches_of_an_earlier_app(self, broker: Broker) -> None:
        """A batch that outlived its app is refused by the next one."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(4)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            left_over = await batches.get()
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            await batches.get()
            with pytest.raises(StaleBatchError):
                await producer_of(app).commit_batches("reader", [left_over], [])
        assert await broker.position("group", "in") is None

    async def test_sending_single_records(self, broker: Broker) -> None:
        """Faust's own ways to send append a record each, durably, in the order of the calls."""
        await broker.create_topic("out", partitions=2)
        app = create_app("group", broker.url())
        topic = app.topic("out", key_serializer="raw", value_serializer="raw")
        async with started(app):
            sent = [await topic.send(key=b"k", value=b"%d" % n, partition=1) for n in range(3)]
            assert [(await future).offset for future in sent] == [0, 1, 2]
            last = await app.producer.send_and_wait(
                "out", b"k", None, 1, 1_700_000_000.5, {"origin": b"here"}
            )
            assert (last.partition, last.offset) == (1, 3)
        records = await broker.read("out", 1)
        assert [record.value for record in records] == [b"0", b"1", b"2", None]
        assert records[3].headers == (("origin", b"here"),)
        assert records[3].timestamp == 1_700_000_000_500
