"""Apps on a log in a file, with one agent that a test writes."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import faust
from aiohttp import ClientSession

from pipeline.monitoring import Monitor, Supervision, supervised
from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, create_app, running
from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction
from pipeline.web import listening

Agent = Callable[[faust.App, Batch], Awaitable[object]]
RECORDS = 5


def log_with_records(folder: Path) -> str:
    """Return the URL of a log with some records in one partition."""
    path = folder / "log.db"
    with SqliteLog.open(path) as log:
        log.create_topics([TopicSpec("said", 1)])
        outputs = [Output("said", None, b"hello", 0)] * RECORDS
        log.submit(Transaction(outputs=outputs)).result()
    return f"sqlite:///{path}"


def app_on(log: str, agent: Agent) -> faust.App:
    """Return an app whose agent does this with each batch."""
    app = create_app("listening", log, topic_partitions=1)

    @app.agent(batch_topic(app, "said"), name="listener")
    async def listener(batches: faust.StreamT[Batch]) -> None:
        async for batch in batches:
            await agent(app, batch)

    return app


@asynccontextmanager
async def watched(
    app: faust.App, patience: float, end: Callable[[str], None]
) -> AsyncIterator[tuple[Monitor, str]]:
    """Run an app that is watched over while the block runs; return where it answers."""
    monitor = Monitor()
    with listening("127.0.0.1", 0) as (socket,):
        supervision = Supervision(socket, patience, end)
        async with supervised(app, monitor, supervision), running(app):
            yield monitor, f"http://127.0.0.1:{socket.getsockname()[1]}"


async def get(url: str) -> tuple[int, str]:
    """Return status and text of an answer."""
    async with ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()
