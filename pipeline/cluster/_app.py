"""The agents' app as one worker of a cluster runs it."""

from __future__ import annotations

from itertools import chain

import faust

from pipeline.avro.wire import SINGLE_OBJECT, Wire
from pipeline.cluster._plan import LARGEST_RECORD, TopicPlan, plan_topics
from pipeline.cluster._settings import ClusterSettings
from pipeline.judging import NO_LEXICONS, Lexicons
from pipeline.monitoring import CacheLookup, Monitor
from pipeline.notify import AlertSettings
from pipeline.state import Cache
from pipeline.warehouse import Address
from pipeline.worker import AppFactory, Context

_NOWHERE = Address("127.0.0.1", 0, "", "")
"""For an app that is described and never started."""

_HEARTBEATS = 10
"""How many of them a session has: some may get lost."""
_ANSWER_SECONDS = 90.0
"""How long to wait for a broker; Faust wants it no shorter than a session."""


def worker_app(  # noqa: PLR0913, PLR0917 - one parameter for each part of a worker
    make_app: AppFactory,
    settings: ClusterSettings,
    warehouse: Address,
    wire: Wire,
    monitor: Monitor,
    alerts: AlertSettings | None = None,
    lexicons: Lexicons = NO_LEXICONS,
) -> faust.App:
    """Return the app that one worker of the cluster starts."""
    cache = Cache(settings.cache_bytes)
    monitor.metrics.registry.register(CacheLookup(cache))
    context = Context(
        partitions=settings.partitions,
        state_directory=settings.state,
        warehouse=warehouse,
        insert_rows=settings.insert_rows,
        insert_seconds=settings.insert_seconds,
        cache=cache,
        wire=wire,
        monitor=monitor,
        alerts=alerts,
        lexicons=lexicons,
    )
    app = make_app(settings.log_url, context)
    configuration = app.conf
    configuration.topic_replication_factor = settings.replication
    configuration.producer_max_request_size = LARGEST_RECORD
    if settings.instance is not None:
        configuration.consumer_group_instance_id = settings.instance
    configuration.broker_session_timeout = settings.session_seconds
    configuration.broker_heartbeat_interval = settings.session_seconds / _HEARTBEATS
    configuration.broker_request_timeout = max(_ANSWER_SECONDS, settings.session_seconds)
    return app


def topics_of(make_app: AppFactory, settings: ClusterSettings) -> list[TopicPlan]:
    """Return every topic that the agents of a cluster need, as it must be."""
    app = worker_app(make_app, settings, _NOWHERE, SINGLE_OBJECT, Monitor())
    return plan_topics(settings, app.tables.changelog_topics)


def topics_read_by(app: faust.App) -> set[str]:
    """Return the topics that agents of the app read, those for the warehouse included."""
    channels = (agent.channel for agent in app.agents.values())
    return set(chain.from_iterable(channel.topics for channel in channels))
