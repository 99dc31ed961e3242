"""Agents that raise, and apps that stop in the midst of things."""

from __future__ import annotations

import asyncio

import pytest
from faust.types import StreamT
from mode.supervisors import OneForOneSupervisor

from pipeline.transport import Batch
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of
from tests.contract._apps import add_agent, copies, copying, numbered, started
from tests.contract._broker import Broker


class FailingContract:
    """Bind with a fixture `broker`."""

    async def test_an_agent_that_raises(self, broker: Broker) -> None:
        """An agent's exception ends the app; its batch is not acknowledged and comes again."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(10)))
        app = create_app("group", broker.url(batch_records=4))

        async def fail_at_the_second(batch: Batch) -> None:
            if batch.records[0].offset:
                raise ZeroDivisionError
            await producer_of(app).commit_batches("reader", [batch], copies(batch, "out"))

        add_agent(app, "in", process=fail_at_the_second)
        with pytest.raises(ZeroDivisionError):
            async with started(app):
                await consumer_of(app).drained()
        assert await broker.position("group", "in") == 4
        app = create_app("group", broker.url())
        copying(app, "in", "out")
        async with started(app):
            await consumer_of(app).drained()
        values = [record.value for record in await broker.read("out")]
        assert values == [b"%d" % number for number in range(10)]

    async def test_an_agent_that_is_started_again(self, broker: Broker) -> None:
        """Where Faust restarts the agent instead, it gets its batch again within the same app."""
        await broker.create_topic("in", partitions=2)
        await broker.create_topic("out", partitions=2)
        for number in range(2):
            await broker.append(numbered("in", range(20), partition=number))
        app = create_app("group", broker.url(batch_records=4), agent_supervisor=OneForOneSupervisor)
        tries: list[int] = []

        async def agent(stream: StreamT[Batch]) -> None:
            async for batch in stream:
                tries.append(batch.partition)
                if len(tries) == 3:
                    raise ZeroDivisionError
                await producer_of(app).commit_batches("reader", [batch], copies(batch, "out"))

        app.agent(batch_topic(app, "in"))(agent)
        async with started(app):
            await consumer_of(app).drained()
        for number in range(2):
            values = [record.value for record in await broker.read("out", number)]
            assert values == [b"%d" % number for number in range(20)]
        assert len(tries) == 11

    async def test_a_commit_that_its_agent_did_not_wait_for(self, broker: Broker) -> None:
        """An agent that raises while its commit is under way does not get that batch again."""
        await broker.create_topic("in")
        await broker.create_topic("out")
        await broker.append(numbered("in", range(20)))
        app = create_app("group", broker.url(batch_records=4), agent_supervisor=OneForOneSupervisor)
        commits: list[asyncio.Task[list[int]]] = []

        async def agent(stream: StreamT[Batch]) -> None:
            async for batch in stream:
                commit = producer_of(app).commit_batches("reader", [batch], copies(batch, "out"))
                commits.append(asyncio.create_task(commit))
                await asyncio.sleep(0)
                if len(commits) == 1:
                    raise ZeroDivisionError
                await commits[-1]

        app.agent(batch_topic(app, "in"))(agent)
        async with started(app):
            await consumer_of(app).drained()
            await asyncio.gather(*commits)
        values = [record.value for record in await broker.read("out")]
        assert values == [b"%d" % number for number in range(20)]

    async def test_a_chain_through_restarts(self, broker: Broker) -> None:
        """Two agents in a row process everything exactly once, through stops at any moment."""
        for topic in ("in", "between", "out"):
            await broker.create_topic(topic, partitions=3)
        await broker.append(numbered("in", range(900), partition=None))
        for commits_until_stop in (1, 5, 12, 30, 10_000):
            app = create_app("group", broker.url(batch_records=20))
            enough = asyncio.Event()
            commits = 0

            def chain(source: str, target: str) -> None:
                async def copy(batch: Batch) -> None:
                    nonlocal commits
                    commits += 1
                    if commits >= commits_until_stop:  # noqa: B023 - the app of this round
                        enough.set()  # noqa: B023 - the app of this round
                    await producer_of(app).commit_batches(  # noqa: B023 - the app of this round
                        source, [batch], copies(batch, target)
                    )

                add_agent(app, source, process=copy)  # noqa: B023 - the app of this round

            chain("in", "between")
            chain("between", "out")
            async with started(app):
                drained = asyncio.create_task(consumer_of(app).drained())
                stop = asyncio.create_task(enough.wait())
                await asyncio.wait((drained, stop), return_when=asyncio.FIRST_COMPLETED)
                for task in (drained, stop):
                    task.cancel()
        for number in range(3):
            source = [record.value for record in await broker.read("in", number)]
            assert [record.value for record in await broker.read("out", number)] == source
