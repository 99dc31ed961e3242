"""A real Kafka as the contract wants it: a log that is empty at the start of each test."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import urlencode

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaConsumer,
    AIOKafkaProducer,
    TopicPartition,
)
from aiokafka.admin import (  # type: ignore[import-untyped]  # the same
    AIOKafkaAdminClient,
    NewTopic,
    RecordsToDelete,
)
from aiokafka.admin.config_resource import (  # type: ignore[import-untyped]  # the same
    ConfigResource,
    ConfigResourceType,
)
from faust import App
from faust.types import TP

from pipeline.topics import Cleanup
from pipeline.transport import Output, Record
from pipeline.transport.app import create_app, running
from tests.contract._apps import DEADLINE_SECONDS, handing_over
from tests.contract._broker import Broker

_SETTINGS = {
    Cleanup.KEEP: {"retention.ms": "-1"},
    Cleanup.CONSUMED: {"retention.ms": "-1"},
    Cleanup.COMPACT: {
        "cleanup.policy": "compact",
        "min.cleanable.dirty.ratio": "0.0",
        "segment.ms": "1",
    },
}


class KafkaBroker(Broker):
    """A broker that nobody else uses at the same time."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._cleanups: dict[str, Cleanup] = {}

    async def open(self) -> None:
        """Connect, and empty the broker."""
        self._admin = AIOKafkaAdminClient(bootstrap_servers=self._bootstrap)
        self._producer = AIOKafkaProducer(
            bootstrap_servers=self._bootstrap, enable_idempotence=True
        )
        self._committed, self._written = (
            AIOKafkaConsumer(bootstrap_servers=self._bootstrap, isolation_level=isolation)
            for isolation in ("read_committed", "read_uncommitted")
        )
        for client in (self._admin, self._producer, self._committed, self._written):
            await client.start()
        await self._admin.delete_topics(await self._topics())

    async def close(self) -> None:
        """Disconnect."""
        for client in (self._committed, self._written, self._producer):
            await client.stop()
        await self._admin.close()

    def url(self, **delivery: int) -> str:
        """Return a URL with the broker's address."""
        return f"kafka://{self._bootstrap}?{urlencode(delivery)}"

    async def create_topic(
        self, name: str, partitions: int = 1, cleanup: Cleanup = Cleanup.KEEP
    ) -> None:
        """Create a topic, and wait until it can be written."""
        topic = NewTopic(name, partitions, 1, topic_configs=_SETTINGS[cleanup])
        response = await self._admin.create_topics([topic])
        assert all(code == 0 for _, code, *_ in response.topic_errors), response
        self._cleanups[name] = cleanup

    async def append(self, outputs: Sequence[Output]) -> list[int]:
        """Append and wait."""
        sent = [
            await self._producer.send(
                output.topic,
                output.value,
                output.key,
                output.partition,
                headers=list(output.headers),
            )
            for output in outputs
        ]
        return [metadata.offset for metadata in await asyncio.gather(*sent)]

    async def read(self, topic: str, partition: int = 0) -> list[Record]:
        """Read what is committed."""
        await self._settled()
        tp = TopicPartition(topic, partition)
        reader = self._committed
        reader.assign([tp])
        await reader.seek_to_beginning(tp)
        end = (await reader.end_offsets([tp]))[tp]
        records: list[Record] = []
        while await reader.position(tp) < end:
            rows = await reader.getmany(tp, timeout_ms=100)
            records += [
                Record(row.offset, row.timestamp, row.key, row.value, row.headers)
                for row in rows.get(tp, ())
            ]
        return records

    async def position(self, group: str, topic: str, partition: int = 0) -> int | None:
        """Return a position."""
        await self._settled()
        tp = TopicPartition(topic, partition)
        offsets = await self._admin.list_consumer_group_offsets(group, partitions=[tp])
        offset = offsets[tp].offset
        return None if offset < 0 else offset

    async def end(self, topic: str, partition: int = 0) -> int:
        """Return an end offset."""
        tp = TopicPartition(topic, partition)
        return (await self._written.end_offsets([tp]))[tp]

    async def clean(self) -> None:
        """Have the broker compact, and drop what the one group has read, as an operator would."""
        await self._settled()
        for topic in await self._topics():
            if topic not in self._cleanups:
                # A changelog that Faust made for an app.
                self._cleanups[topic] = Cleanup.COMPACT
                settings = _SETTINGS[Cleanup.COMPACT]
                await self._admin.alter_configs(
                    [ConfigResource(ConfigResourceType.TOPIC, topic, settings)]
                )
            for number in await self._numbers(topic):
                match self._cleanups[topic]:
                    case Cleanup.COMPACT:
                        await self._compact(topic, number)
                    case Cleanup.CONSUMED:
                        await self._drop_consumed(topic, number)

    async def after_kill(self, group: str, agent: str, partitions: int) -> None:
        """Fence the writers of the killed app."""
        for number in range(partitions):
            name = f"{group}-{agent}-{number}"
            async with AIOKafkaProducer(bootstrap_servers=self._bootstrap, transactional_id=name):
                pass

    async def reassign(self, app: App) -> None:
        """Have a second member join the group and leave it again."""
        transport = app.transport
        before = {tp: transport.in_flight.generation(tp) for tp in app.consumer.lag()}
        second = create_app(app.conf.id, self.url())
        handing_over(second, *{tp.topic for tp in before})
        async with running(second):
            pass
        await _until(
            lambda: _is(
                all(
                    transport.in_flight.generation(tp) not in {None, generation}
                    for tp, generation in before.items()
                )
            )
        )

    async def _settled(self) -> None:
        """Wait until no transaction is open: a commit has come to pass a little before it shows."""
        partitions = [
            TopicPartition(topic, number)
            for topic in [*await self._topics(), "__consumer_offsets"]
            for number in await self._numbers(topic)
        ]

        async def nothing_open() -> bool:
            stable = await self._committed.end_offsets(partitions)
            written: Mapping[TP, int] = await self._written.end_offsets(partitions)
            return bool(stable == written)

        await _until(nothing_open)

    async def _topics(self) -> list[str]:
        return [name for name in await self._admin.list_topics() if not name.startswith("__")]

    async def _numbers(self, topic: str) -> list[int]:
        [description] = await self._admin.describe_topics([topic])
        return sorted(each["partition"] for each in description["partitions"])

    async def _compact(self, topic: str, number: int) -> None:
        # What is being written to is not compacted: something more has to be appended. It must not
        # be seen, so it is aborted.
        async with AIOKafkaProducer(
            bootstrap_servers=self._bootstrap, transactional_id="rolling"
        ) as rolling:
            await rolling.begin_transaction()
            await rolling.send_and_wait(topic, b"", b"", number)
            await rolling.abort_transaction()

        async def compacted() -> bool:
            keys = [record.key for record in await self.read(topic, number)]
            return len(keys) == len(set(keys))

        await _until(compacted)

    async def _drop_consumed(self, topic: str, number: int) -> None:
        position = await self.position("group", topic, number)
        if position is not None:
            tp = TopicPartition(topic, number)
            await self._admin.delete_records({tp: RecordsToDelete(before_offset=position)})


async def _is(value: bool) -> bool:  # noqa: FBT001 - a condition
    return value


async def _until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await condition():  # noqa: ASYNC110 - a broker tells nobody
            await asyncio.sleep(0.01)
