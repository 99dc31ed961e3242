"""The command `outreach` of an installation whose conversations fail at their first message."""

from __future__ import annotations

import faust

from agents import campaigns, creators, warehouse
from pipeline.cli import main
from pipeline.topics import Topic
from pipeline.transport.app import batch_topic, create_app
from pipeline.worker import GROUP, Context


def failing_app(log: str, context: Context) -> faust.App:
    """Return an app in which the agent that reads touches cannot do its work."""
    app = create_app(GROUP, log, topic_partitions=context.partitions)
    for agent in (creators, campaigns, warehouse):
        agent.add_agent(app, context)

    async def fails(batches: faust.StreamT[object]) -> None:
        async for _ in batches:
            raise ValueError("the moon is full")

    app.agent(batch_topic(app, Topic.DM_SENT))(fails)
    return app


if __name__ == "__main__":
    main(failing_app)
