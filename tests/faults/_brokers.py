"""Brokers of a drill, with empty topics."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]  # it ships no types
from aiokafka.protocol.metadata import (  # type: ignore[import-untyped]  # as above
    MetadataRequest,
)

from deploy.kafka import Cluster as Brokers
from deploy.kafka import running_cluster
from pipeline.cluster import make_topics
from tests.faults._drill import Setting
from tests.kafka._clusters import plans_for, without_topics

_LOOK_EVERY = 0.02


def replication(brokers: Brokers) -> dict[str, str]:
    """Return the variable that says on how many brokers everything stands: on all."""
    return {"OUTREACH_REPLICATION": str(len(brokers.brokers))}


@contextmanager
def brokers_for(
    setting: Setting, count: int = 1, log_directory: Path | None = None
) -> Iterator[Brokers]:
    """Have brokers while the block runs: the one that is there already, if that is all it takes."""
    if setting.brokers is not None and count == 1 and log_directory is None:
        setting.brokers.start()
        yield setting.brokers
        return
    with brokers(setting.folder / "kafka", count, log_directory) as cluster:
        yield cluster


@contextmanager
def brokers(folder: Path, count: int = 1, log_directory: Path | None = None) -> Iterator[Brokers]:
    """Run brokers while the block runs; whatever a drill has done to them."""
    where = {} if log_directory is None else {0: log_directory}
    with running_cluster(directory=folder, brokers=count, log_directories=where) as cluster:
        yield cluster
        # Nobody needs what they hold, and in order it takes them seconds.
        cluster.kill()


async def empty(kafka: Brokers) -> None:
    """Have the topics of a cluster, and nothing in them."""
    async with without_topics(kafka.bootstrap):
        await _all_forgotten(kafka)
    plans = plans_for(kafka.bootstrap, **replication(kafka))
    await make_topics(kafka.bootstrap, plans, repair=False)


async def _all_forgotten(kafka: Brokers) -> None:
    """Wait until every broker has heard that the topics are gone, one after the other."""
    client = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await client.start()
    try:
        for broker in client._client.cluster.brokers():
            while await _topics_known_to(client, broker.nodeId):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(_LOOK_EVERY)
    finally:
        await client.close()


async def _topics_known_to(client: AIOKafkaAdminClient, node: int) -> list[str]:
    answer = (await client._send_request_to_node(node, MetadataRequest(None))).to_object()
    return [topic["topic"] for topic in answer["topics"] if not topic["topic"].startswith("__")]
