"""The Faust app with all agents."""

from __future__ import annotations

import faust

from agents import campaigns, conversations, creators, notifications, warehouse
from pipeline.transport.app import create_app
from pipeline.worker import GROUP, Context

AGENTS = (conversations, creators, campaigns, notifications, warehouse)


def outreach_app(log: str, context: Context) -> faust.App:
    """Return the app that processes the log at this URL; see `pipeline.transport.app.running`."""
    app = create_app(GROUP, log, topic_partitions=context.partitions)
    for agent in AGENTS:
        agent.add_agent(app, context)
    return app
