"""Three brokers, of which one may be down."""

from __future__ import annotations

from pathlib import Path

from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]  # it ships no types

from deploy.kafka import running_cluster
from tests.kafka._records import create_topic, produce, stored


async def test_three_brokers_go_on_without_one(tmp_path: Path) -> None:
    """Whichever is killed, all others acknowledge records, and it comes back to them."""
    values = [b"%d" % number for number in range(4)]
    elsewhere = tmp_path / "small disk"
    with running_cluster(
        directory=tmp_path / "cluster", brokers=3, log_directories={2: elsewhere}
    ) as cluster:
        await create_topic(cluster.bootstrap, "records", copies=3)
        for value, broker in zip(values, cluster.brokers, strict=False):
            broker.kill()
            await produce(cluster.bootstrap, "records", [value])
            broker.start()
        await produce(cluster.bootstrap, "records", values[3:])

        assert await stored(cluster.bootstrap, "records") == values
        assert await nodes(cluster.brokers[0].address) == {1, 2, 3}
        assert (elsewhere / "records-0").is_dir()
        cluster.kill()


async def nodes(bootstrap: str) -> set[int]:
    """Return the numbers of the brokers that a broker knows."""
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    try:
        described = await admin.describe_cluster()
        return {broker["node_id"] for broker in described["brokers"]}
    finally:
        await admin.close()
