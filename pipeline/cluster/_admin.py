"""Look at the topics of a Kafka cluster, make them, and change their settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaAdminClient,
    NewTopic,
)
from aiokafka.admin.config_resource import (  # type: ignore[import-untyped]  # as above
    ConfigResource,
    ConfigResourceType,
)
from aiokafka.errors import (  # type: ignore[import-untyped]  # as above
    UnknownTopicOrPartitionError,
    for_code,
)

from pipeline.cluster._errors import translated
from pipeline.cluster._plan import TopicPlan

_OF_THE_TOPIC = 1
"""How Kafka marks a setting that was given to the topic itself, not to its broker."""
_LOOK_EVERY = 0.1
_PATIENCE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class FoundTopic:
    """One topic as the cluster has it."""

    name: str
    partitions: int
    replication: int
    """Of the partition that has fewest replicas."""
    has_leaders: bool
    """Whether every partition can be read and written at this moment."""
    settings: Mapping[str, str]
    """All that hold, by name: its own and those of the brokers."""
    own_settings: Mapping[str, str]
    """Those that were given to this topic."""


@asynccontextmanager
async def administering(kafka: str) -> AsyncIterator[Admin]:
    """Have a connection to these brokers while the block runs.

    Raises ClusterError when none of them answers, or when one refuses.
    """
    client = AIOKafkaAdminClient(bootstrap_servers=kafka, client_id="outreach")
    try:
        with translated(kafka):
            await client.start()
            yield Admin(client)
    finally:
        await client.close()


class Admin:
    """What we ask of Kafka's administration. Raises aiokafka's errors."""

    def __init__(self, client: AIOKafkaAdminClient) -> None:
        self._client = client

    async def topics(self, names: Collection[str]) -> dict[str, FoundTopic]:
        """Return those of these topics that exist, by name.

        Brokers hear one after the other that a topic is made or removed: waits until those that are
        asked say the same.
        """
        async with asyncio.timeout(_PATIENCE_SECONDS):
            described = await self._described(names)
            while (settings := await self._settings(described)).keys() != described.keys():
                await asyncio.sleep(_LOOK_EVERY)
                described = await self._described(names)
        return {
            name: FoundTopic(
                name,
                len(partitions),
                min((len(one["replicas"]) for one in partitions), default=0),
                all(one["leader"] >= 0 for one in partitions),
                {key: value for key, (value, _) in settings[name].items()},
                {key: value for key, (value, own) in settings[name].items() if own},
            )
            for name, partitions in described.items()
        }

    async def create(self, topics: Iterable[TopicPlan]) -> None:
        """Make these topics, and wait until they can be used.

        One that somebody else has made meanwhile is left as it is.
        """
        wanted = {topic.name: topic for topic in topics}
        answer = await self._client.create_topics(
            [
                NewTopic(
                    topic.name,
                    topic.partitions,
                    topic.replication,
                    topic_configs={key: need.value for key, need in topic.settings.items()},
                )
                for topic in wanted.values()
            ]
        )
        for name, code, message, *_ in answer.topic_errors:
            error = for_code(code)
            if code and error.message != "TOPIC_ALREADY_EXISTS":
                raise error(f"topic {name}: {message}")
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await self._are_ready(wanted):  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(_LOOK_EVERY)

    async def change(self, topic: FoundTopic, settings: Mapping[str, str]) -> None:
        """Give a topic these settings; those that it has of its own beside them stay."""
        # Kafka's oldest request of this kind, the one that aiokafka has, takes away what is absent.
        resource = ConfigResource(
            ConfigResourceType.TOPIC, topic.name, {**topic.own_settings, **settings}
        )
        for answer in await self._client.alter_configs([resource]):
            for code, message, *_ in answer.resources:
                if code:
                    raise for_code(code)(f"topic {topic.name}: {message}")

    async def _described(self, names: Collection[str]) -> dict[str, Any]:
        """Return the partitions of those of these topics of which a broker has heard, by name."""
        # Asking for all makes none; asking for one that is not there may.
        return {
            topic["topic"]: topic["partitions"]
            for topic in await self._client.describe_topics()
            if topic["topic"] in names
        }

    async def _are_ready(self, names: Collection[str]) -> bool:
        ready = [
            topic["topic"]
            for topic in await self._client.describe_topics()
            if topic["topic"] in names
            and topic["partitions"]
            and all(partition["leader"] >= 0 for partition in topic["partitions"])
        ]
        return len(ready) == len(names)

    async def _settings(self, names: Iterable[str]) -> dict[str, dict[str, tuple[str, bool]]]:
        """Return the value of every setting, and whether it is the topic's own, by topic.

        Those of which the broker that is asked has not heard are left out.
        """
        resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
        if not resources:
            return {}
        found = {}
        for answer in await self._client.describe_configs(resources):
            for code, message, _kind, name, entries in answer.resources:
                error = for_code(code)
                if error is UnknownTopicOrPartitionError:
                    continue
                if code:
                    raise error(f"topic {name}: {message}")
                found[name] = {
                    key: (value, source == _OF_THE_TOPIC)
                    for key, value, _read_only, source, *_ in entries
                }
        return found
