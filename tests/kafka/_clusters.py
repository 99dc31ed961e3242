"""A broker with the topics of a cluster, as several tests need it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]  # it ships no types

from agents import outreach_app
from pipeline.cluster import ClusterSettings, TopicPlan, make_topics, topics_of

PARTITIONS = 3


def settings_for(kafka: str, **variables: str) -> ClusterSettings:
    """Return the settings of a cluster of this one broker."""
    return ClusterSettings.of(environment_for(kafka) | variables)


def environment_for(kafka: str) -> dict[str, str]:
    """Return the variables that name a cluster of this one broker."""
    return {
        "OUTREACH_KAFKA": kafka,
        "OUTREACH_PARTITIONS": str(PARTITIONS),
        "OUTREACH_REPLICATION": "1",
    }


def plans_for(kafka: str, **variables: str) -> list[TopicPlan]:
    """Return the topics that the agents need on this one broker."""
    return topics_of(outreach_app, settings_for(kafka, **variables))


@asynccontextmanager
async def without_topics(kafka: str) -> AsyncIterator[str]:
    """Have a broker without topics while the block runs; those that it makes are removed."""
    client = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await client.start()
    try:
        await _remove_topics(client)
        yield kafka
        await _remove_topics(client)
    finally:
        await client.close()


@asynccontextmanager
async def with_topics(kafka: str) -> AsyncIterator[str]:
    """Have a broker with the topics of a cluster, all of them empty, while the block runs."""
    async with without_topics(kafka):
        await make_topics(kafka, plans_for(kafka), repair=False)
        yield kafka


async def _remove_topics(client: AIOKafkaAdminClient) -> None:
    """Remove every topic but those of Kafka's own, and wait until they are gone."""
    while topics := [name for name in await client.list_topics() if not name.startswith("__")]:
        await client.delete_topics(topics)
