"""A Faust app inside an asyncio program: no worker, no signal handlers, no logging set up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import faust
from faust.tables.manager import TableManager
from mode.supervisors import CrashingSupervisor
from mode.utils.times import Seconds

from pipeline.transport._schema import BatchSchema, batch_topic

__all__ = ["BatchSchema", "batch_topic", "create_app", "running"]


class _PromptTableManager(TableManager):
    """Faust's own, without the second that it waits for tables to be declared.

    Ours are declared before the app starts.
    """

    async def sleep(self, n: Seconds) -> None:
        """Do not: starting is the only time that it sleeps."""


def create_app(name: str, broker: str, **settings: Any) -> faust.App:  # noqa: ANN401 - Faust's own
    """Describe an app: `name` is its consumer group, `broker` the log's URL.

    It serves no web pages, and an agent that raises stops it: the batch is not acknowledged and
    comes again at the next start. `settings` are Faust's own and take precedence. An app may be
    started once.
    """
    return faust.App(
        name,
        **{
            "broker": broker,
            "agent_supervisor": CrashingSupervisor,
            "TableManager": _PromptTableManager,
            "topic_disable_leader": True,
            "web_enabled": False,
            **settings,
        },
    )


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
