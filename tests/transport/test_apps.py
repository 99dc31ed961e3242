from __future__ import annotations

import asyncio
import logging
import signal
from pathlib import Path

import pytest
from faust.types import StreamT

from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of, running
from pipeline.transport.sqlite import (
    LogClosedError,
    SqliteLog,
    TopicError,
    TopicSpec,
    Transaction,
)


def url(path: Path) -> str:
    """Return the URL of the log in a folder."""
    return f"sqlite:///{path / 'log.db'}"


async def test_a_guest_in_the_program(tmp_path: Path) -> None:
    """An app leaves signals and the root logger alone, and no task behind."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    root = logging.getLogger()
    logging_before = (root.level, list(root.handlers))
    async with running(create_app("group", url(tmp_path))):
        pass
    assert handlers == {number: signal.getsignal(number) for number in handlers}
    assert logging_before == (root.level, root.handlers)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_nothing_is_left_where_it_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An app writes to its log, and into no directory that nobody has named."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    async with running(create_app("group", url(tmp_path))):
        pass
    assert list(Path.cwd().iterdir()) == []


async def test_apps_one_after_another(tmp_path: Path) -> None:
    """A program may run any number of apps, one after another, and open the log in between."""
    for number in range(3):
        with SqliteLog.open(tmp_path / "log.db") as log:
            log.create_topics([TopicSpec("in", 1)])
            await log.write(Transaction(outputs=[Output("in", b"k", b"%d" % number)]))
        app = create_app("group", url(tmp_path))
        seen: list[bytes | None] = []

        async def agent(stream: StreamT[Batch]) -> None:
            async for batch in stream:
                seen.extend(record.value for record in batch.records)  # noqa: B023 - of this round
                await producer_of(app).commit_batches("a", [batch], [])  # noqa: B023 - the same

        app.agent(batch_topic(app, "in"))(agent)
        async with running(app):
            await consumer_of(app).drained()
        assert seen == [b"%d" % number]


async def test_sharing_the_log_with_an_app(tmp_path: Path) -> None:
    """While an app runs, its program may append to the same log, and its agents get it."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.create_topics([TopicSpec("in", 1)])
        app = create_app("group", url(tmp_path))
        batches: asyncio.Queue[Batch] = asyncio.Queue()

        async def agent(stream: StreamT[Batch]) -> None:
            async for batch in stream:
                await batches.put(batch)

        app.agent(batch_topic(app, "in"))(agent)
        async with running(app):
            await log.write(Transaction(outputs=[Output("in", b"k", b"v")]))
            batch = await batches.get()
            assert [record.value for record in batch.records] == [b"v"]
        await log.write(Transaction(outputs=[Output("in", b"k", b"after the app")]))


async def test_draining_an_emptied_topic(tmp_path: Path) -> None:
    """Records that were removed before a group has read them keep nobody waiting."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        log.create_topics([TopicSpec("in", 1)])
        await log.write(Transaction(outputs=[Output("in", b"k", b"v")]))
        await log.write(Transaction(truncate=["in"]))
    app = create_app("group", url(tmp_path))
    app.agent(batch_topic(app, "in"))(_idle)
    async with running(app):
        await consumer_of(app).drained()


async def test_a_topic_that_does_not_exist(tmp_path: Path) -> None:
    """An agent whose topic was not created keeps the app from starting, with the topic's name."""
    app = create_app("group", url(tmp_path))
    app.agent(batch_topic(app, "missing"))(_idle)
    with pytest.raises(TopicError, match="no topic 'missing'"):
        async with running(app):
            pass


async def test_an_error_of_the_program(tmp_path: Path) -> None:
    """An exception in the block stops the app and goes on its way."""
    app = create_app("group", url(tmp_path))
    with pytest.raises(ZeroDivisionError):
        async with running(app):
            raise ZeroDivisionError
    with pytest.raises(LogClosedError, match="only while the app is started"):
        await producer_of(app).commit_batches("agent", [], [])


async def test_serving_until_a_crash(tmp_path: Path) -> None:
    """A program that waits for the end of an app goes on when the app crashes."""
    app = create_app("group", url(tmp_path))
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - it comes at the end of the block
        async with running(app):
            await app.crash(ZeroDivisionError())
            await app.wait_until_stopped()


async def _idle(stream: StreamT[Batch]) -> None:
    async for _ in stream:
        pass
