"""The reading side of the transport, as Faust drives it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, cast

from faust.agents import current_agent
from faust.transport.consumer import Consumer as BaseConsumer
from faust.types import TP

from pipeline.transport._announcements import Announcements
from pipeline.transport._readers import check_readers, readers_of
from pipeline.transport._standing import Standing
from pipeline.transport.sqlite._assignment import assign_everything
from pipeline.transport.sqlite._conductor import Conductor
from pipeline.transport.sqlite._delivery import Delivery
from pipeline.transport.sqlite._log import SqliteLog
from pipeline.transport.sqlite._progress import lag, standings
from pipeline.transport.sqlite._transaction import Transaction

if TYPE_CHECKING:
    from pipeline.transport.sqlite._transport import Transport


class Consumer(BaseConsumer):
    """Delivers batches to agents and single changelog records to Faust's recovery.

    Its one worker gets every partition, and reads those without a position from their start. What
    Faust itself would acknowledge is ignored: positions move with `Producer.commit_batches` alone.
    """

    transport: Transport
    marker_offsets: ClassVar[int] = 0

    def __init__(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - as Faust has it
        super().__init__(*arguments, **options)
        self._assigned: frozenset[TP] = frozenset()
        self._subscribed = False
        self._sought = False
        self._streaming = False
        self._rebalance_lock = asyncio.Lock()
        self._changes = Announcements()
        self._delivery = Delivery(self)

    @property
    def _log(self) -> SqliteLog:
        return self.transport.log

    async def on_start(self) -> None:
        """Refuse agents that this transport cannot serve, then listen to the log."""
        check_readers(self.app)
        self._log.listen(self._on_commit)
        await super().on_start()

    async def on_stop(self) -> None:
        """Stop listening to the log; what is not acknowledged stays so."""
        await super().on_stop()
        if self.transport.is_open:
            self._log.stop_listening(self._on_commit)

    def _on_commit(self) -> None:
        # The loop of an app that was never stopped may be closed: then nobody listens any more.
        with suppress(RuntimeError):
            self.loop.call_soon_threadsafe(self._look_again)

    def _look_again(self) -> None:
        self._delivery.wake()
        self._changes.announce()

    # What a drain needs

    def lag(self) -> dict[TP, int]:
        """Return how many offsets are yet to be acknowledged, by partition agents read."""
        return lag(self._log, self.app.conf.id, readers_of(self.app))

    def standings(self) -> dict[TP, Standing]:
        """Return how far agents are in each partition that they have begun to read."""
        return standings(self._log, self.transport.in_flight, self.lag(), readers_of(self.app))

    async def learn_ends(self) -> bool:
        """Return True: the log is a file of this process."""
        return True

    async def drained(self) -> None:
        """Wait until everything that `lag` covers has been acknowledged.

        If the app crashes meanwhile, raises what it crashed of; RuntimeError if it stops.
        """
        while any(self.lag().values()):
            waited = await self.wait_first(self._changes.wait())
            if waited.stopped:
                raise self.app.crash_reason or RuntimeError(
                    "The app stopped before its topics were drained."
                )

    # What the delivery asks

    async def deliver(self) -> None:
        """Hand out what the log has, until cancelled."""
        await self._delivery.run()

    def deliverable(self) -> set[TP]:
        """Return the partitions that are neither paused nor taken away."""
        return set(self._active_partitions)

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
        """Assign all partitions of these topics; raises TopicError if one does not exist."""
        wanted = set(topics)
        for topic in wanted:
            self._log.partition_count(topic)
        if not self._subscribed or wanted != {tp.topic for tp in self._assigned}:
            self._subscribed = True
            # Faust waits for the end of this call before it takes an assignment.
            self.add_future(self._rebalance(wanted))

    async def _rebalance(self, topics: set[str]) -> None:
        async with self._rebalance_lock:
            app = self.app
            app.on_rebalance_start()
            self._sought = self._streaming = False
            self.transport.in_flight.drop(self._assigned)
            await self.on_partitions_revoked(set(self._assigned))
            self._assigned = assign_everything(app, self._log, topics)
            await self._start_from_positions(self._assigned)
            app.consumer_generation_id += 1
            await self.on_partitions_assigned(set(self._assigned), app.consumer_generation_id)

    async def on_task_error(self, exc: BaseException) -> None:  # noqa: ARG002 - Faust's signature
        """Give the agent that raised, and that Faust starts again, its batches again."""
        agent = current_agent()
        if agent is None:
            return
        names = set(agent.get_topic_names())
        partitions = {tp for tp in self._assigned if tp.topic in names}
        await self._start_from_positions(partitions)
        for tp in partitions:
            cast("Conductor", self.app.topics).empty_queues(tp)
        self._delivery.wake()

    async def _start_from_positions(self, partitions: Iterable[TP]) -> dict[TP, int]:
        chosen = frozenset(partitions)
        # From here on nothing handed out before can be acknowledged; what already is on its way to
        # the disk must arrive before its position is read.
        self.transport.in_flight.drop(chosen)
        await self._log.write(Transaction())
        positions = {}
        for tp in chosen:
            position = self._log.position(self.app.conf.id, *tp)
            positions[tp] = self._log.start_offset(*tp) if position is None else position
        self.transport.in_flight.start(positions)
        return positions

    # Positions and flow

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go back to what is acknowledged, in every partition."""
        positions = await self._start_from_positions(self._assigned)
        self._sought = True
        return positions

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        """Go to these offsets."""
        self.transport.in_flight.start(partitions)

    async def _seek(self, partition: TP, offset: int) -> None:
        self.transport.in_flight.start({partition: offset})

    def resume_flow(self) -> None:
        """Deliver; batches only once they have been sought and the streams' queues are empty."""
        super().resume_flow()
        self._streaming = self._sought or not self._assigned
        self._look_again()

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        """Deliver these again."""
        super().resume_partitions(tps)
        self._delivery.wake()

    def on_buffer_drop(self, tp: TP) -> None:
        """Deliver this one again."""
        super().on_buffer_drop(tp)
        self._delivery.wake()

    def assignment(self) -> set[TP]:
        """Return what is assigned."""
        return set(self._assigned)

    async def position(self, tp: TP) -> int | None:
        """Return the offset that is read next."""
        return self.transport.in_flight.position(tp)

    def highwater(self, tp: TP) -> int:
        """Return the end offset."""
        return self._log.end_offset(*tp)

    async def highwaters(self, *partitions: TP) -> dict[TP, int]:
        """Return the end offsets."""
        return {tp: self._log.end_offset(*tp) for tp in partitions}

    async def earliest_offsets(self, *partitions: TP) -> dict[TP, int]:
        """Return the offsets of the oldest records."""
        return {tp: self._log.start_offset(*tp) for tp in partitions}

    def topic_partitions(self, topic: str) -> int:
        """Return the number of partitions."""
        return self._log.partition_count(topic)

    def key_partition(self, topic: str, key: bytes | None, partition: int | None = None) -> int:
        """Return the partition of a key."""
        return self._log.partition_for(topic, key) if partition is None else partition

    async def create_topic(self, *arguments: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        """Create a topic that Faust declares."""
        await self.app.producer.create_topic(*arguments, **options)

    async def commit(self, *_arguments: Any, **_options: Any) -> bool:  # noqa: ANN401 - ignored
        """Do nothing: see the class."""
        return False

    async def _commit(self, *_arguments: Any) -> bool:  # noqa: ANN401 - ignored
        return False

    async def _getmany(self, *_arguments: Any, **_options: Any) -> dict[TP, list[Any]]:  # noqa: ANN401
        return {}

    def _new_topicpartition(self, topic: str, partition: int) -> TP:
        return TP(topic, partition)

    def _to_message(self, tp: TP, record: Any) -> Any:  # noqa: ANN401
        raise NotImplementedError
