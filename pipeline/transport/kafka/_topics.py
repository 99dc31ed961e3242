"""What topics must be like for agents to read them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pipeline.transport.kafka._errors import KafkaTopicError


def check_topics(counts: Mapping[str, int], readers: Mapping[str, str]) -> None:
    """Make sure that topics exist, and that all that one agent reads have as many partitions.

    `counts` are the partitions of each topic, `readers` the agent that reads it. Raises
    KafkaTopicError: one worker must get the partitions of one number of all topics of an agent,
    since it commits them together.
    """
    missing = sorted(topic for topic, count in counts.items() if not count)
    if missing:
        raise KafkaTopicError(
            f"There is no topic {', '.join(map(repr, missing))}: `outreach topics create` creates "
            "those we need."
        )
    of_agents: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for topic, count in counts.items():
        if topic in readers:
            of_agents[readers[topic]][topic] = count
    for agent, topics in of_agents.items():
        if len(set(topics.values())) > 1:
            listed = ", ".join(f"{topic} {count}" for topic, count in sorted(topics.items()))
            raise KafkaTopicError(
                f"Agent {agent} reads topics with different numbers of partitions: {listed}. "
                "Create them anew with the same number."
            )
