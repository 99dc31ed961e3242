"""aiokafka's consumer in a thread of its own, which keeps its membership while agents work."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Collection, Coroutine, Iterable, Mapping
from contextlib import suppress
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

import aiokafka  # type: ignore[import-untyped]  # it ships no types
from aiokafka.errors import ConsumerStoppedError  # type: ignore[import-untyped]  # the same
from faust.transport.drivers.aiokafka import (
    AIOKafkaConsumerThread,
    credentials_to_aiokafka_auth,
    server_list,
)
from faust.types import TP

from pipeline.transport._batch import Record
from pipeline.transport.kafka._disconnecting import disconnect

_Result = TypeVar("_Result")

_FIELDS = attrgetter(*Record._fields)
"""Of aiokafka's ConsumerRecord, which has the same and more."""


class Reach(NamedTuple):
    """How far a partition has been read, and how far it goes."""

    position: int
    """The offset to be read next: past markers and what was aborted."""
    end: int
    """The offset that the next record gets, as the last answer of the broker says."""


class Fetched(NamedTuple):
    """What there is to hand out, by partition."""

    records: Mapping[TP, list[Record]]
    reaches: Mapping[TP, Reach]


class ConsumerThread(AIOKafkaConsumerThread):
    """Faust's own, reading what is committed, and asked for records only when there is room."""

    # How long the broker holds a fetch back when there is nothing. What else it is asked, such as
    # where partitions end, waits behind.
    _FETCH_WAIT_SECONDS = 0.1
    _LOOK_AGAIN_SECONDS = 1.0

    def __post_init__(self) -> None:
        """Be made by Faust."""
        super().__post_init__()
        self._wake = asyncio.Event()

    async def on_thread_stop(self) -> None:
        """Leave the group and disconnect.

        This must come to its end: Faust waits for good for a thread that does not.
        """
        await super(AIOKafkaConsumerThread, self).on_thread_stop()
        if self._consumer is not None:
            await disconnect(self._consumer)

    def close(self) -> None:
        """Do not: the thread leaves the group and disconnects when it stops.

        Faust asks for this when a rebalance comes during a stop. It would break the connections off
        from the app's event loop, while the thread is using them in its own.
        """

    async def in_thread(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        """Do this in the thread, and wait for it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self.thread_loop))

    def wake(self) -> None:
        """Let `fetch` return."""
        # The loop of a thread that has ended is closed: then nobody waits any more.
        with suppress(RuntimeError):
            self.thread_loop.call_soon_threadsafe(self._wake.set)

    # In the thread

    async def fetch(
        self,
        wanted: Collection[TP],
        asleep: Collection[TP],
        known: Mapping[TP, Reach],
        most: int,
    ) -> Fetched:
        """Return what there is of the wanted partitions, at most so many records of all.

        Waits until there are records, or one has been read or goes further than is known, or
        `wake` was called. Of those that are asleep nothing is asked from the brokers.
        """
        consumer = self._ensure_consumer()
        consumer.pause(*(tp for tp in consumer.assignment() if tp in asleep))
        consumer.resume(*(tp for tp in consumer.paused() if tp in wanted))
        fetcher = consumer._fetcher  # noqa: SLF001 - so does Faust
        with fetcher._subscriptions.fetch_context():  # noqa: SLF001 - so does Faust
            while True:
                if consumer._closed or fetcher._closed:  # noqa: SLF001 - so does Faust
                    raise ConsumerStoppedError
                found = {}
                if wanted:
                    found = await fetcher.fetched_records(set(wanted), max_records=most)
                reaches = self._reaches(consumer, wanted)
                if (
                    found
                    or self._wake.is_set()
                    or any(known.get(tp) != reach for tp, reach in reaches.items())
                ):
                    self._wake.clear()
                    records = {TP(*tp): _records(rows) for tp, rows in found.items()}
                    return Fetched(records, reaches)
                await self._first_of(
                    fetcher._create_fetch_waiter(),  # noqa: SLF001 - there is no public one
                    self._wake.wait(),
                )

    async def _first_of(self, *events: Awaitable[Any]) -> None:
        tasks = [asyncio.ensure_future(event) for event in events]
        try:
            # Where retention has moved a partition's start, aiokafka tells nobody.
            await asyncio.wait(
                tasks, timeout=self._LOOK_AGAIN_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for task in tasks:
                task.cancel()

    def _reaches(
        self, consumer: aiokafka.AIOKafkaConsumer, partitions: Iterable[TP]
    ) -> dict[TP, Reach]:
        subscription = consumer._subscription.subscription  # noqa: SLF001 - `position` would wait
        assignment = None if subscription is None else subscription.assignment
        if assignment is None:
            return {}
        states = {tp: assignment.state_value(tp) for tp in partitions if tp in assignment.tps}
        return {
            tp: Reach(state.position, state.highwater)
            for tp, state in states.items()
            if state.has_valid_position and state.highwater is not None
        }

    async def committed(self, partitions: Collection[TP]) -> dict[TP, int]:
        """Return where to go on: what the group has acknowledged, but no earlier than the start."""
        consumer = self._ensure_consumer()
        starts = await consumer.beginning_offsets(partitions)
        offsets = await asyncio.gather(*map(consumer.committed, partitions))
        return {
            tp: max(starts[tp], offset or 0) for tp, offset in zip(partitions, offsets, strict=True)
        }

    async def go_to(self, positions: Mapping[TP, int]) -> None:
        """Read on from these offsets; raises IllegalStateError for a partition not assigned."""
        consumer = self._ensure_consumer()
        for tp, offset in positions.items():
            consumer.seek(tp, offset)

    async def stable_ends(self, partitions: Collection[TP]) -> dict[TP, int]:
        """Return up to where partitions can be read: before the first open transaction."""
        ends = await self._ensure_consumer().end_offsets(partitions) if partitions else {}
        return {TP(*tp): end for tp, end in ends.items()}

    async def partition_counts(self, topics: Collection[str]) -> dict[str, int]:
        """Return how many partitions each topic has; 0 for one that does not exist."""
        client = self._ensure_consumer()._client  # noqa: SLF001 - so does Faust
        cluster = await client.fetch_all_metadata()
        return {topic: len(cluster.partitions_for_topic(topic) or ()) for topic in topics}

    # As Faust calls it

    async def earliest_offsets(self, *partitions: TP) -> Mapping[TP, int]:
        """Return the offsets of the oldest records."""
        return await super().earliest_offsets(*partitions) if partitions else {}

    def verify_event_path(self, now: float, tp: TP) -> None:
        """Do not: Faust would look for its own acknowledgements."""

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:  # noqa: ANN401 - Faust's
        conf = self.app.conf
        # Always Faust's assignor: it gives one worker the partitions of one number of all topics
        # that have as many.
        self._assignor = self.app.assignor
        return aiokafka.AIOKafkaConsumer(
            client_id=conf.broker_client_id,
            group_id=conf.id,
            group_instance_id=conf.consumer_group_instance_id,
            bootstrap_servers=server_list(transport.url, transport.default_port),
            partition_assignment_strategy=[self._assignor],
            isolation_level="read_committed",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            max_poll_interval_ms=int((conf.broker_max_poll_interval or 0) * 1000),
            max_partition_fetch_bytes=conf.consumer_max_fetch_size,
            fetch_max_wait_ms=int(self._FETCH_WAIT_SECONDS * 1000),
            request_timeout_ms=int(conf.broker_request_timeout * 1000),
            check_crcs=conf.broker_check_crcs,
            session_timeout_ms=int(conf.broker_session_timeout * 1000),
            rebalance_timeout_ms=int(conf.broker_rebalance_timeout * 1000),
            heartbeat_interval_ms=int(conf.broker_heartbeat_interval * 1000),
            metadata_max_age_ms=conf.consumer_metadata_max_age_ms,
            connections_max_idle_ms=conf.consumer_connections_max_idle_ms,
            **credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
        )


def _records(rows: Iterable[Any]) -> list[Record]:
    return list(map(Record._make, map(_FIELDS, rows)))
