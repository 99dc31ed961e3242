"""The writing side of the transport."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from faust.transport.drivers.aiokafka import Producer as BaseProducer
from faust.types import TP

from pipeline.transport._batch import Batch, Output, StaleBatchError, partition_number
from pipeline.transport._readers import readers_of
from pipeline.transport.kafka._errors import KafkaTopicError, TransactionError
from pipeline.transport.kafka._writer import Writer
from pipeline.transport.kafka._writers import Share, Writers

if TYPE_CHECKING:
    from pipeline.transport.kafka._consumer import Consumer
    from pipeline.transport.kafka._transport import Transport

_TRANSACTION_SECONDS = 60.0
"""After this a worker gives up on a transaction, and the brokers abort it."""

_BACKOFF_MILLISECONDS = 5
"""How soon aiokafka asks again. Above all this is what follows upon a transaction: see Writer."""

_CHUNK_BYTES = 512 * 1024
"""How much goes into one batch of the wire; brokers refuse more than a mebibyte by default."""


class Producer(BaseProducer):
    """Commits batches for agents; sends single records for Faust itself."""

    transport: Transport

    def __post_init__(self) -> None:
        """Be made by Faust."""
        super().__post_init__()
        self._writers = Writers(self._new_writer)
        self._readers: dict[str, str] = {}
        self._under_way: set[asyncio.Task[list[int]]] = set()

    async def on_stop(self) -> None:
        """Wait for the commits under way, then disconnect."""
        await self.settled()
        await self._writers.take([])
        await super().on_stop()

    async def take(self, partitions: Iterable[TP]) -> None:
        """Be the only one to commit batches of these partitions, and of no others.

        What others have committed of them can be seen when this returns.
        """
        await self.settled()
        self._readers = readers = readers_of(self.app)
        await self._writers.take(
            {Share(readers[tp.topic], tp.partition) for tp in partitions if tp.topic in readers}
        )

    async def settled(self) -> None:
        """Wait until no commit is under way."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def commit_batches(
        self, agent: str, batches: Sequence[Batch], outputs: Sequence[Output]
    ) -> list[int]:
        """Do what `BatchProducer` promises; cancelling the wait does not undo it.

        Raises StaleBatchError also for a batch that has been acknowledged before, KafkaTopicError
        for an output to a topic or partition that does not exist (nothing is written then), and
        TransactionError if it is not known what came of it: then the worker must stop.
        """
        number = partition_number(agent, batches)
        in_flight = self.transport.in_flight
        in_flight.check(agent, batches)
        share = Share(self._readers[batches[0].topic], number)
        writer = self._writers.writer(share)
        in_flight.acknowledge(batches)
        commit = asyncio.ensure_future(self._commit(agent, share, writer, batches, outputs))
        self._under_way.add(commit)
        commit.add_done_callback(self._end)
        return await asyncio.shield(commit)

    def _end(self, commit: asyncio.Task[list[int]]) -> None:
        self._under_way.discard(commit)
        if not commit.cancelled():
            commit.exception()  # Whoever waited has it; if nobody does, the app is stopping.

    async def _commit(
        self,
        agent: str,
        share: Share,
        writer: Writer,
        batches: Sequence[Batch],
        outputs: Sequence[Output],
    ) -> list[int]:
        in_flight = self.transport.in_flight
        positions = {TP(batch.topic, batch.partition): batch.next_offset for batch in batches}
        async with self._writers.turn(share):
            try:
                in_flight.check_turn(agent, batches)
                partitions = await writer.choose_partitions(outputs)
            except (KafkaTopicError, ValueError):
                in_flight.give_back(batches)
                raise
            try:
                offsets = await writer.commit(self.app.conf.id, positions, outputs, partitions)
            except StaleBatchError:
                self.add_future(self._expect_rebalance(batches))
                raise
            in_flight.settle(batches)
        cast("Consumer", self.app.consumer).look_again()
        self.transport.progress.appended(
            {
                TP(output.topic, partition): offset + 1
                for output, partition, offset in zip(outputs, partitions, offsets, strict=True)
            }
        )
        return offsets

    async def _expect_rebalance(self, batches: Sequence[Batch]) -> None:
        """Crash if we were fenced and yet keep the partition: its batches would never come again.

        So it may be after a transaction that took longer than the brokers allow.
        """
        await self.sleep(self.app.conf.broker_session_timeout)
        in_flight = self.transport.in_flight
        for batch in batches:
            if in_flight.generation(TP(batch.topic, batch.partition)) == batch.generation:
                await self.app.crash(
                    TransactionError(
                        f"Another producer has taken over {batch.topic}/{batch.partition}, which "
                        "this worker has. Start it again: it goes on from what is committed."
                    )
                )
                return

    def _new_writer(self, share: Share) -> Writer:
        name = f"{self.app.conf.id}-{share.agent}-{share.number}"
        settings: Mapping[str, Any] = {
            **self._settings_default(),
            **self._settings_auth(),
            **self._settings_extra(),
            "max_batch_size": _CHUNK_BYTES,
            "retry_backoff_ms": _BACKOFF_MILLISECONDS,
            "transaction_timeout_ms": int(_TRANSACTION_SECONDS * 1000),
            "transactional_id": name,
        }
        return Writer(self._producer_type(**settings), name, _TRANSACTION_SECONDS)

    def _settings_extra(self) -> Mapping[str, Any]:
        return {"acks": "all", "enable_idempotence": True}
