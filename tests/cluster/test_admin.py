from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]  # it ships no types
from aiokafka.admin.config_resource import ConfigResource  # type: ignore[import-untyped]  # as above
from aiokafka.errors import UnknownTopicOrPartitionError  # type: ignore[import-untyped]  # as above
from aiokafka.protocol.admin import (  # type: ignore[import-untyped]  # as above
    DescribeConfigsResponse_v1,
)

from pipeline.cluster._admin import Admin

_TOPIC = 2


class _Brokers(AIOKafkaAdminClient):  # type: ignore[misc]  # it ships no types
    """Brokers of which the one that is asked next may have heard less than the one before."""

    def __init__(self, *known: set[str]) -> None:
        self._to_answer = list(known)

    def _next(self) -> set[str]:
        return self._to_answer.pop(0) if len(self._to_answer) > 1 else self._to_answer[0]

    async def describe_topics(self, topics: list[str] | None = None) -> list[Any]:
        assert topics is None
        return [
            {"topic": name, "partitions": [{"leader": 1, "replicas": [1]}]} for name in self._next()
        ]

    async def describe_configs(self, config_resources: Sequence[ConfigResource]) -> list[Any]:
        known = self._next()
        answers: list[tuple[Any, ...]] = [
            (
                0 if resource.name in known else UnknownTopicOrPartitionError.errno,
                "",
                _TOPIC,
                resource.name,
                [],
            )
            for resource in config_resources
        ]
        return [DescribeConfigsResponse_v1(0, answers)]


async def test_a_topic_of_which_not_every_broker_has_heard_yet_is_found() -> None:
    """It was made a moment ago: one broker names it, and the next does not know its settings."""
    admin = Admin(_Brokers({"made"}, set(), {"made"}))
    assert (await admin.topics({"made", "other"})).keys() == {"made"}


async def test_a_topic_of_which_not_every_broker_knows_that_it_is_gone_is_not_found() -> None:
    """It was removed a moment ago."""
    admin = Admin(_Brokers({"removed", "there"}, {"there"}))
    assert (await admin.topics({"removed", "there"})).keys() == {"there"}
