"""A real Kafka as the contract wants it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Self, cast
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

from pipeline.topics import Cleanup
from pipeline.transport import Output, Record
from pipeline.transport.app import consumer_of
from pipeline.transport.kafka import Transport
from tests.contract._apps import DEADLINE_SECONDS
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
    """One broker; what is read of it is what is committed."""

    _admin: AIOKafkaAdminClient
    _producer: AIOKafkaProducer
    _committed: AIOKafkaConsumer
    _written: AIOKafkaConsumer

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
        self._cleanups: dict[str, Cleanup] = {}

    @classmethod
    @asynccontextmanager
    async def connected(cls, bootstrap: str) -> AsyncIterator[Self]:
        """Be connected while the block runs."""
        self = cls(bootstrap)
        async with AsyncExitStack() as clients:
            self._producer = await clients.enter_async_context(
                AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True)
            )
            self._committed, self._written = [
                await clients.enter_async_context(
                    AIOKafkaConsumer(
                        bootstrap_servers=bootstrap,
                        isolation_level=isolation,
                        # A fetch that waits keeps other questions waiting.
                        fetch_max_wait_ms=5,
                    )
                )
                for isolation in ("read_committed", "read_uncommitted")
            ]
            self._admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
            await self._admin.start()
            clients.push_async_callback(self._admin.close)
            yield self

    async def empty(self) -> None:
        """Delete all topics, and with them what groups have acknowledged of them.

        What is deleted is listed for a moment longer.
        """
        await self._admin.delete_topics(await self._topics())

        async def gone() -> bool:
            return not await self._topics()

        await until(gone)

    def url(self, **delivery: int) -> str:
        """Return a URL with the broker's address."""
        return f"kafka://{self._bootstrap}?{urlencode(delivery)}"

    async def create_topic(
        self, name: str, partitions: int = 1, cleanup: Cleanup = Cleanup.KEEP
    ) -> None:
        """Create a topic, and wait until the broker tells of it: it is a moment behind."""
        topic = NewTopic(name, partitions, 1, topic_configs=_SETTINGS[cleanup])
        response = await self._admin.create_topics([topic])
        assert all(code == 0 for _, code, *_ in response.topic_errors), response
        self._cleanups[name] = cleanup

        async def known() -> bool:
            [description] = await self._admin.describe_topics([name])
            led = [each["leader"] >= 0 for each in description["partitions"]]
            return led == [True] * partitions

        await until(known)

    async def append(self, outputs: Sequence[Output]) -> list[int]:
        """Append and wait."""
        sent = [
            await self._producer.send(topic, value, key, partition, headers=list(headers))
            for topic, key, value, partition, headers in outputs
        ]
        return [metadata.offset for metadata in await asyncio.gather(*sent)]

    async def read(self, topic: str, partition: int = 0) -> list[Record]:
        """Read what is committed."""
        await self._settled(topic)
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
        await self._settled("__consumer_offsets")
        tp = TopicPartition(topic, partition)
        offsets = await self._admin.list_consumer_group_offsets(group, partitions=[tp])
        offset: int = offsets[tp].offset
        return None if offset < 0 else offset

    async def end(self, topic: str, partition: int = 0) -> int:
        """Return an end offset."""
        tp = TopicPartition(topic, partition)
        end: int = (await self._written.end_offsets([tp]))[tp]
        return end

    async def clean(self) -> None:
        """Have the broker compact, and drop what the one group has read, as an operator would."""
        for topic in await self._topics():
            if topic not in self._cleanups:
                # A changelog that Faust made for an app.
                self._cleanups[topic] = Cleanup.COMPACT
                settings = _SETTINGS[Cleanup.COMPACT]
                await self._admin.alter_configs(
                    [ConfigResource(ConfigResourceType.TOPIC, topic, settings)]
                )
            for tp in await self._partitions(topic):
                match self._cleanups[topic]:
                    case Cleanup.COMPACT:
                        await self._compact(tp)
                    case Cleanup.CONSUMED:
                        await self._drop_consumed(tp)

    async def after_kill(self, group: str, agent: str, partitions: int) -> None:
        """Fence the writers of the killed app."""
        for number in range(partitions):
            name = f"{group}-{agent}-{number}"
            async with AIOKafkaProducer(bootstrap_servers=self._bootstrap, transactional_id=name):
                pass

    async def reassign(self, app: App) -> None:
        """Have the app subscribe to one topic more, so that it has to join its group anew."""
        in_flight = cast("Transport", app.transport).in_flight
        before = {tp: in_flight.generation(tp) for tp in consumer_of(app).lag()}
        await self.create_topic("one-more")
        await app.consumer.subscribe({"one-more", *(tp.topic for tp in app.consumer.assignment())})

        async def begun_anew() -> bool:
            now = {tp: in_flight.generation(tp) for tp in before}
            return all(now[tp] not in {None, before[tp]} for tp in before)

        await until(begun_anew)

    async def _settled(self, topic: str) -> None:
        """Wait until no transaction is open: a commit holds a little before it shows."""
        partitions = await self._partitions(topic)

        async def nothing_open() -> bool:
            stable = await self._committed.end_offsets(partitions)
            return bool(stable == await self._written.end_offsets(partitions))

        await until(nothing_open)

    async def _topics(self) -> list[str]:
        return [name for name in await self._admin.list_topics() if not name.startswith("__")]

    async def _partitions(self, topic: str) -> list[TopicPartition]:
        [description] = await self._admin.describe_topics([topic])
        return [TopicPartition(topic, each["partition"]) for each in description["partitions"]]

    async def _compact(self, tp: TopicPartition) -> None:
        # What is being written to is not compacted: something more has to be appended. It must not
        # be seen, so it is aborted.
        async with AIOKafkaProducer(
            bootstrap_servers=self._bootstrap, transactional_id="rolling"
        ) as rolling:
            await rolling.begin_transaction()
            await rolling.send_and_wait(tp.topic, b"", b"", tp.partition)
            await rolling.abort_transaction()

        async def compacted() -> bool:
            keys = [record.key for record in await self.read(*tp)]
            return len(keys) == len(set(keys))

        await until(compacted)

    async def _drop_consumed(self, tp: TopicPartition) -> None:
        position = await self.position("group", *tp)
        if position is not None:
            await self._admin.delete_records({tp: RecordsToDelete(before_offset=position)})


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait until something holds that nobody tells of."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while not await condition():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)
