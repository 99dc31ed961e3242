"""A Faust app inside an asyncio program: no worker, no signal handlers, no logging set up.

>>> import asyncio, tempfile
>>> from pipeline.transport import Output
>>> from pipeline.transport.sqlite import SqliteLog, TopicSpec, Transaction
>>> async def shout(path: str) -> None:
...     with SqliteLog.open(path) as log:
...         log.create_topics([TopicSpec("said", 4), TopicSpec("shouted", 4)])
...         await log.write(Transaction(outputs=[Output("said", b"tess", b"hello")]))
...         app = create_app("shouting", f"sqlite:///{path}?batch_records=500")
...
...         @app.agent(batch_topic(app, "said"))
...         async def agent(batches):
...             async for batch in batches:
...                 outputs = [
...                     Output("shouted", record.key, record.value.upper(), batch.partition)
...                     for record in batch.records
...                 ]
...                 await producer_of(app).commit_batches("shout", [batch], outputs)
...
...         async with running(app):
...             await consumer_of(app).drained()
...         for partition in range(4):
...             for record in log.read("shouted", partition, offset=0):
...                 print(record.key, record.value)
>>> with tempfile.TemporaryDirectory() as folder:
...     asyncio.run(shout(f"{folder}/log.db"))
b'tess' b'HELLO'
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, cast

import faust
from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from faust.types import TP, AppT
from mode.supervisors import CrashingSupervisor
from mode.utils.queues import FlowControlEvent
from mode.utils.times import Seconds

from pipeline.transport._batch import BatchProducer
from pipeline.transport._schema import BatchSchema, batch_topic
from pipeline.transport._standing import Standing

__all__ = [
    "BatchConsumer",
    "BatchSchema",
    "batch_topic",
    "consumer_of",
    "create_app",
    "producer_of",
    "running",
]


class BatchConsumer(Protocol):
    """The side of a transport that tells how far the agents have got (`app.consumer` is one)."""

    marker_offsets: int
    """How many offsets a commit takes up behind its records in each partition that it writes to."""

    def lag(self) -> Mapping[TP, int]:
        """Return how many offsets are yet to be acknowledged, by partition.

        Of every topic that an agent of the app reads; of several workers each knows its own
        partitions. An offset need not hold a record, but 0 means that none is left.
        """
        ...

    def standings(self) -> Mapping[TP, Standing]:
        """Return how far agents are in each partition that `lag` covers and they have begun."""
        ...

    async def learn_ends(self) -> bool:
        """Ask the log itself how far it goes, so that `standings` tell what does not arrive.

        Returns False if it does not answer.
        """
        ...

    async def drained(self) -> None:
        """Wait until nothing that `lag` covers is left to acknowledge.

        If the app crashes meanwhile, raises what it crashed of; RuntimeError if it stops.
        """
        ...


def producer_of(app: AppT) -> BatchProducer:
    """Return the app's producer as what it is on our transports."""
    return cast("BatchProducer", app.producer)


def consumer_of(app: AppT) -> BatchConsumer:
    """Return the app's consumer as what it is on our transports."""
    return cast("BatchConsumer", app.consumer)


class _FlowControl(FlowControlEvent):
    """Faust's own, which throws away what waits in queues only if flow was suspended since.

    Faust resumes a second time when tables are recovered. By then changes for standby partitions
    wait to be stored: thrown away they would be missing, unnoticed, when the partition is needed.
    """

    def resume(self) -> None:
        """Let records pass, none of them from before the suspension."""
        if not self.is_active():
            super().resume()


class _TableManager(TableManager):
    """Faust's own, with the recovery that the transport needs, and without a pause.

    Faust waits a second for tables to be declared; ours are declared before the app starts.
    """

    @property
    def recovery(self) -> Recovery:
        """The service that restores tables."""
        if self._recovery is None:
            make = getattr(self.app.transport, "Recovery", Recovery)
            self._recovery = make(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery

    async def sleep(self, n: Seconds) -> None:
        """Do not: starting is the only time that it sleeps."""


class _App(faust.App):
    """Faust's own, without its directories: the stores of our tables have files of their own."""

    def _create_directories(self) -> None:
        """Make none: by default they would lie wherever somebody happens to start the program."""


def create_app(name: str, broker: str, **settings: Any) -> faust.App:  # noqa: ANN401 - Faust's own
    """Describe an app: `name` is its consumer group, `broker` the log's URL.

    It serves no web pages, and an agent that raises stops it: the batch is not acknowledged and
    comes again at the next start. `settings` are Faust's own and take precedence. An app may be
    started once.
    """
    app = _App(
        name,
        **{
            "broker": broker,
            "agent_supervisor": CrashingSupervisor,
            "TableManager": _TableManager,
            "topic_disable_leader": True,
            "web_enabled": False,
            **settings,
        },
    )
    app.flow_control = _FlowControl()
    return app


@asynccontextmanager
async def running(app: faust.App) -> AsyncIterator[None]:
    """Start the app, once its tables are recovered run the block, then stop the app.

    Raises what the app crashed of, if it did: when it starts, or at the end of the block. A block
    that has nothing else to do than to serve should `await app.wait_until_stopped()`, which returns
    on a crash too.
    """
    try:
        await app.start()
        _raise_crash(app)
        yield
    finally:
        await app.stop()
    _raise_crash(app)


def _raise_crash(app: faust.App) -> None:
    if app.crash_reason is not None:
        raise app.crash_reason
