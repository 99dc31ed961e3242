"""One worker of a cluster."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import faust

from pipeline.avro.wire import open_wire
from pipeline.cluster._app import topics_of, topics_read_by, worker_app
from pipeline.cluster._backlog import Backlog, watching
from pipeline.cluster._errors import translated
from pipeline.cluster._policies import put_in_force
from pipeline.cluster._removal import removing
from pipeline.cluster._settings import ClusterSettings
from pipeline.cluster._state_directory import claimed
from pipeline.cluster._topics import check_topics
from pipeline.cluster._warehouse import check_schema
from pipeline.judging import NO_LEXICONS, Lexicons
from pipeline.monitoring import Monitor, Supervision, supervised
from pipeline.notify import AlertSettings
from pipeline.policy import Policy
from pipeline.transport.app import running
from pipeline.warehouse import Address
from pipeline.worker import GROUP, AppFactory


class WorkerFailedError(Exception):
    """The agents could not go on; the message says of what, the cause is what was raised."""


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker that runs in this process."""

    app: faust.App
    backlog: Backlog
    """Of all workers together."""

    async def stopped(self) -> None:
        """Wait until the agents stop: within `running_worker`, because one of them failed."""
        await self.app.wait_until_stopped()

    @property
    def partitions(self) -> int:
        """How many partitions of topics, changelogs apart, this worker has at this moment."""
        changelogs = self.app.tables.changelog_topics
        return sum(tp.topic not in changelogs for tp in self.app.consumer.assignment())


@asynccontextmanager
async def running_worker(  # noqa: PLR0913 - one parameter for each part of a worker
    make_app: AppFactory,
    settings: ClusterSettings,
    warehouse: Address,
    supervision: Supervision,
    *,
    policy: Policy | None = None,
    policy_source: str | None = None,
    alerts: AlertSettings | None = None,
    lexicons: Lexicons = NO_LEXICONS,
) -> AsyncIterator[Worker]:
    """Run a worker while the block runs, once its policy is in force; see `put_in_force`.

    At the end it finishes or drops what it has in work; nothing is lost or doubled by that. One
    that has a name (`settings.instance`) keeps its partitions for a session, for when it is started
    again; another leaves them to the others. Meanwhile it is watched over; see `supervised`.

    Raises TopicsError if the topics are not as they must be, SchemaError if the warehouse is not,
    StateDirectoryInUseError, ClusterError, and WorkerFailedError: at the start, or when an agent
    has failed, at the end of the block, which should end when the agents have `stopped`.
    """
    with claimed(settings.state):
        await check_topics(settings.kafka, topics_of(make_app, settings))
        await asyncio.to_thread(check_schema, warehouse)
        await asyncio.to_thread(put_in_force, settings, policy, policy_source)
        with translated(settings.kafka):
            async with open_wire(
                settings.registry, write_confluent=settings.write_confluent
            ) as wire:
                monitor = Monitor()
                app = worker_app(make_app, settings, warehouse, wire, monitor, alerts, lexicons)
                topics = topics_read_by(app)
                async with (
                    watching(settings.kafka, GROUP, topics) as backlog,
                    removing(settings.kafka, GROUP),
                ):
                    with _crashes_told(app):
                        async with supervised(app, monitor, supervision), running(app):
                            yield Worker(app, backlog)


@contextmanager
def _crashes_told(app: faust.App) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        if error is app.crash_reason:
            raise WorkerFailedError(
                f"The worker failed: {type(error).__name__}: {error}. Nothing is lost: what was "
                "not processed is in Kafka, and comes again here or elsewhere."
            ) from error
        raise
