"""The command `outreach` of an installation whose creators stand still at their first contact.

What stands still is the argument before the command: `agent` alone, or all of the `loop`.
"""

from __future__ import annotations

import asyncio
import sys
import threading

import faust

from agents import campaigns, conversations, warehouse
from pipeline.cli import main
from pipeline.topics import Topic
from pipeline.transport.app import batch_topic, create_app
from pipeline.worker import GROUP, Context


def hanging_app(log: str, context: Context) -> faust.App:
    """Return an app in which the agent that reads contacts of creators never gets on."""
    app = create_app(GROUP, log, topic_partitions=context.partitions)
    for agent in (conversations, campaigns, warehouse):
        agent.add_agent(app, context)

    async def hang(batches: faust.StreamT[object]) -> None:
        async for _ in batches:
            if WHAT == "loop":
                threading.Event().wait()
            await asyncio.Event().wait()

    app.agent(batch_topic(app, Topic.CREATOR_CONTACTS), name="creators")(hang)
    return app


if __name__ == "__main__":
    WHAT = sys.argv.pop(1)
    main(hanging_app)
