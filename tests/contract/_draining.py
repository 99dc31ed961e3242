"""Waiting until everything is done."""

from __future__ import annotations

import asyncio

import pytest

from pipeline.transport import Batch
from pipeline.transport.app import consumer_of, create_app, producer_of
from tests.contract._apps import add_agent, copies, copying, handing_over, numbered, started
from tests.contract._broker import Broker


class DrainingContract:
    """Bind with a fixture `broker`."""

    async def test_drained_of_everything(self, broker: Broker) -> None:
        """Drained means that agents are done with what other agents wrote on the way, too."""
        for topic in ("in", "between", "out"):
            await broker.create_topic(topic, partitions=2)
        await broker.append(numbered("in", range(500), partition=None))
        app = create_app("group", broker.url(batch_records=10))
        copying(app, "between", "out")
        copying(app, "in", "between")
        async with started(app):
            await consumer_of(app).drained()
            assert set(consumer_of(app).lag().values()) == {0}
            assert len(await broker.read("out", 0) + await broker.read("out", 1)) == 500

    async def test_nothing_to_drain(self, broker: Broker) -> None:
        """An app whose topics are empty is drained at once."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())
        handing_over(app, "in")
        async with started(app):
            await consumer_of(app).drained()

    async def test_not_drained_before_the_acknowledgement(self, broker: Broker) -> None:
        """A batch that an agent still holds keeps the app from being drained."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(5)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            batch = await batches.get()
            drained = asyncio.create_task(consumer_of(app).drained())
            await broker.append(numbered("in", [5]))
            rest = await batches.get()
            assert consumer_of(app).lag() == {("in", 0): 6}
            await producer_of(app).commit_batches("reader", [batch], [])
            assert not drained.done()
            assert consumer_of(app).lag() == {("in", 0): 1}
            await producer_of(app).commit_batches("reader", [rest], [])
            await drained

    async def test_a_crash_while_draining(self, broker: Broker) -> None:
        """Who waits for the drain of an app that crashes gets the reason."""
        await broker.create_topic("in")
        app = create_app("group", broker.url())

        async def fail(batch: Batch) -> None:
            raise ZeroDivisionError(copies(batch, "in"))

        add_agent(app, "in", process=fail)
        caught: list[BaseException] = []

        async def wait() -> None:
            try:
                await consumer_of(app).drained()
            except ZeroDivisionError as error:
                caught.append(error)

        with pytest.raises(ZeroDivisionError):  # noqa: PT012 - the app raises at the block's end
            async with started(app):
                await broker.append(numbered("in", range(5)))
                await wait()
        assert len(caught) == 1

    async def test_a_stop_while_draining(self, broker: Broker) -> None:
        """Who waits for the drain of an app that is stopped is told so."""
        await broker.create_topic("in")
        await broker.append(numbered("in", range(5)))
        app = create_app("group", broker.url())
        batches = handing_over(app, "in")
        async with started(app):
            await batches.get()
            drained = asyncio.create_task(consumer_of(app).drained())
            await asyncio.sleep(0)
        with pytest.raises(RuntimeError, match="stopped before its topics were drained"):
            await drained
