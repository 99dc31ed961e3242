"""The reading side of the transport, as Faust drives it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, cast

from aiokafka.errors import ConsumerStoppedError  # type: ignore[import-untyped]  # no types
from faust.agents import current_agent
from faust.transport.drivers.aiokafka import Consumer as BaseConsumer
from faust.types import TP

from pipeline.transport._readers import check_readers, readers_of
from pipeline.transport._standing import Standing
from pipeline.transport.kafka._delivery import Delivery
from pipeline.transport.kafka._drain import Drain
from pipeline.transport.kafka._ends import Ends
from pipeline.transport.kafka._showing import once_it_shows
from pipeline.transport.kafka._standings import Standings
from pipeline.transport.kafka._stock import Stock
from pipeline.transport.kafka._thread import ConsumerThread
from pipeline.transport.kafka._topics import check_topics

if TYPE_CHECKING:
    from faust.types.services import ServiceT

    from pipeline.transport._conductor import Conductor
    from pipeline.transport.kafka._producer import Producer
    from pipeline.transport.kafka._transport import Transport


class Consumer(BaseConsumer):
    """Delivers batches to agents and single changelog records to Faust's recovery.

    What Faust itself would acknowledge is ignored: positions move with `Producer.commit_batches`
    alone.
    """

    transport: Transport
    marker_offsets: ClassVar[int] = 1
    _thread: ConsumerThread

    def __init__(self, transport: Transport, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as Faust has it
        """Be made by Faust; raises ImproperlyConfigured for agents that cannot be served."""
        check_readers(transport.app)
        super().__init__(transport, *arguments, **options)
        self.stock = Stock(self.transport.settings)
        self._assigned: frozenset[TP] = frozenset()
        self._sought = False
        self._streaming = False
        self.delivery = Delivery(self)
        self._standings = Standings(transport.in_flight, transport.progress, self.stock)
        self._drain = Drain(self)
        self._readable_ends = Ends(transport, isolation_level="read_committed")

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def on_stop(self) -> None:
        """Disconnect; what is not acknowledged stays so."""
        await super().on_stop()
        await self._drain.close()
        await self._readable_ends.close()

    # What a drain and a watch need

    def lag(self) -> dict[TP, int]:
        """Return how many offsets are left to acknowledge, by partition agents read here.

        While partitions are being reassigned, those that are not begun are left out.
        """
        return self.transport.progress.lag(self.stock, self.read_by_agents())

    def standings(self) -> dict[TP, Standing]:
        """Return how far agents are in each partition; see `lag` for which they are."""
        return self._standings.of(self.read_by_agents(), readers_of(self.app))

    async def learn_ends(self) -> bool:
        """Ask the brokers up to where there is something to read; False if none answers."""
        return await self._standings.learn(self._readable_ends, self.read_by_agents())

    async def drained(self) -> None:
        """Wait until everything that `lag` covers has been acknowledged; see `Drain.wait`."""
        await self._drain.wait()

    @property
    def is_streaming(self) -> bool:
        """Whether agents get batches: not while partitions are reassigned or tables recovered."""
        return self._streaming

    def read_by_agents(self) -> set[TP]:
        """Return the partitions that are assigned for agents to read."""
        return {tp for tp in self._assigned if not self.is_changelog(tp)}

    # What the delivery and the recovery ask

    async def _drain_messages(self, fetcher: ServiceT) -> None:  # noqa: ARG002 - Faust's name and form
        try:
            await self.delivery.run()
        except (ConsumerStoppedError, asyncio.CancelledError):
            if not self.app.should_stop:
                raise

    async def fetch(self, most: int) -> None:
        """Fetch what there is room for, and wait until there is something to do."""
        active = set(self._active_partitions)
        wanted = {tp for tp in active if self.stock.wanted(tp)}
        asleep = {tp for tp in self._assigned - active if self.is_changelog(tp)}
        fetched = await self._thread.in_thread(
            self._thread.fetch(wanted, asleep, dict(self.stock.reaches), most)
        )
        self.stock.add(fetched)
        self.transport.progress.changes.announce()
        await self.delivery.tell_recovery(fetched.reaches)

    def may_deliver(self, tp: TP) -> bool:
        """Tell whether something of this partition may be handed out at this moment."""
        if not (self.flow_active and self.app.flow_control.is_active()):
            return False
        if tp not in self._active_partitions or self.transport.in_flight.position(tp) is None:
            return False
        return self.is_changelog(tp) or (self._streaming and self.transport.in_flight.has_room(tp))

    def is_changelog(self, tp: TP) -> bool:
        """Tell whether this partition holds changes of a table."""
        return self._is_changelog_tp(tp)

    # Assignment

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Take part in reading these; raises KafkaTopicError if they are missing or do not fit."""
        wanted = set(topics)
        if not wanted:
            # There is nothing for a group to share out, but Faust waits to be told so.
            self.app.on_rebalance_start()
            self.add_future(self.on_partitions_assigned(set(), self.app.consumer_generation_id))
            return
        # Changelogs were created a moment ago.
        counts = await once_it_shows(
            lambda: self._thread.in_thread(self._thread.partition_counts(wanted)),
            lambda counts: all(counts.values()),
        )
        check_topics(counts, readers_of(self.app))
        await super().subscribe(wanted)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Let go of everything: what is handed out can no longer be acknowledged."""
        self._drop(self._assigned)
        self._sought = self._streaming = False
        await self._producer.settled()
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        """Fence whoever had these partitions, and only then let Faust read what they have left."""
        self._drop(self._assigned)
        self._sought = self._streaming = False
        self._assigned = frozenset(assigned)
        try:
            await self._producer.take(assigned)
        except Exception as error:  # noqa: BLE001 - aiokafka would log it and go on
            await self.app.crash(error)
            return
        await super().on_partitions_assigned(assigned, generation_id)

    @property
    def _producer(self) -> Producer:
        return cast("Producer", self.app.producer)

    def _drop(self, partitions: Iterable[TP]) -> None:
        self.transport.in_flight.drop(partitions)
        self.stock.drop(partitions)

    async def on_task_error(self, exc: BaseException) -> None:  # noqa: ARG002 - Faust's signature
        """Give the agent that raised, and that Faust starts again, its batches again."""
        agent = current_agent()
        if agent is None or not self._streaming:
            return
        names = set(agent.get_topic_names())
        partitions = {tp for tp in self.read_by_agents() if tp.topic in names}
        await self._producer.settled()
        # What this worker has committed is not there for certain to be read yet; but it knows.
        positions = {tp: self.transport.in_flight.acknowledged(tp) for tp in partitions}
        await self.seek_wait({tp: at for tp, at in positions.items() if at is not None})
        for tp in partitions:
            cast("Conductor", self.app.topics).empty_queues(tp)
        self.look_again()

    # Positions and flow

    async def perform_seek(self) -> None:
        """Go back to what is acknowledged, in every partition that agents read."""
        partitions = self.read_by_agents()
        assigned = self._assigned
        await self._producer.settled()
        positions = await self._thread.in_thread(self._thread.committed(partitions))
        ends = await self.highwaters(*partitions)
        if self._assigned is assigned:
            self.transport.progress.appended(ends)
            await self.seek_wait(positions)
            self._sought = True

    async def highwaters(self, *partitions: TP) -> dict[TP, int]:
        """Return up to where partitions can be read: what this worker has committed is included."""
        return await once_it_shows(
            lambda: self._thread.in_thread(self._thread.stable_ends(partitions)),
            lambda ends: all(end >= self.transport.progress.end(tp) for tp, end in ends.items()),
        )

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        """Go to these offsets."""
        self._drop(partitions)
        await self._thread.in_thread(self._thread.go_to(partitions))
        self.delivery.begin_anew(partitions)
        self.stock.start(partitions)
        self.transport.in_flight.start(partitions)
        self._thread.wake()

    async def _seek(self, partition: TP, offset: int) -> None:
        await self.seek_wait({partition: offset})

    def look_again(self) -> None:
        """Notice that something has changed: there may be work, or none left."""
        self.transport.progress.changes.announce()
        self._thread.wake()

    def resume_flow(self) -> None:
        """Deliver; batches only once they have been sought and the streams' queues are empty."""
        super().resume_flow()
        self._streaming = self._sought or not self._assigned
        self.look_again()

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """Deliver these again."""
        super().resume_partitions(tps)
        self._thread.wake()

    def on_buffer_drop(self, tp: TP) -> None:
        """Deliver this one again."""
        super().on_buffer_drop(tp)
        self._thread.wake()

    async def commit(self, *_arguments: Any, **_options: Any) -> bool:  # noqa: ANN401 - ignored
        """Do nothing: see the class."""
        return False
