"""What an agent must be like to be served with batches."""

from __future__ import annotations

from faust.exceptions import ImproperlyConfigured
from faust.types import AppT, TopicT

from pipeline.transport._schema import BatchSchema


def check_readers(app: AppT) -> None:
    """Raise ImproperlyConfigured, naming agent and topic, for an agent that would lose records.

    A topic may have one reader, since a batch is acknowledged once; an agent may work on one batch
    at a time; and its topic must be a `batch_topic`.
    """
    readers: dict[str, str] = {}
    for name, agent in app.agents.items():
        channel = agent.channel
        if not isinstance(channel, TopicT):
            continue
        if agent.concurrency > 1:
            raise ImproperlyConfigured(
                f"Agent {name} has concurrency={agent.concurrency}: batches of one partition "
                "would overtake each other. Leave it at 1."
            )
        if not isinstance(channel.schema, BatchSchema) or channel.acks:
            raise ImproperlyConfigured(
                f"Agent {name} reads {', '.join(channel.topics)} record by record: "
                "give it batch_topic(app, name)."
            )
        for topic in channel.topics:
            if topic in readers:
                raise ImproperlyConfigured(
                    f"Agents {readers[topic]} and {name} both read {topic}: a batch is "
                    "acknowledged once, so only one may. Let the first write a topic for the other."
                )
            readers[topic] = name


def readers_of(app: AppT) -> dict[str, str]:
    """Return the agent that reads each topic, by name; `check_readers` has passed the app."""
    return {
        topic: name
        for name, agent in app.agents.items()
        if isinstance(agent.channel, TopicT)
        for topic in agent.channel.topics
    }
