"""Handing records out: batches to agents, changelog records to Faust's recovery."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from faust.tables.manager import TableManager
from faust.types import TP, ConsumerMessage

from pipeline.transport._batch import Batch, Record
from pipeline.transport._turns import Turns

if TYPE_CHECKING:
    from pipeline.transport.kafka._consumer import Consumer


class Delivery:
    """Fetches what there is room for, and hands it out partition after partition."""

    _FETCHED_AT_ONCE = 4
    """How many batches may come with one fetch, over all partitions."""

    def __init__(self, consumer: Consumer) -> None:
        self._consumer = consumer
        self._in_flight = consumer.transport.in_flight
        self._most = self._FETCHED_AT_ONCE * consumer.transport.settings.batch_records
        self._turns = Turns()
        self._last_changes: dict[TP, int] = {}

    def begin_anew(self, partitions: Iterable[TP]) -> None:
        """Forget what recovery has got of these."""
        for tp in partitions:
            self._last_changes.pop(tp, None)

    def last_change(self, tp: TP) -> int | None:
        """Return the offset of the last record that recovery got, if no more will come.

        -1 if it got none, None as long as the changelog is not read to its end.
        """
        if not self._consumer.stock.is_read(tp):
            return None
        return self._last_changes.get(tp, -1)

    async def tell_recovery(self, partitions: Iterable[TP]) -> None:
        """Let recovery look whether it is done, if one of these is a changelog read to its end.

        It looks when it gets a record, and when it has waited for five seconds; where only a marker
        was left to read, that would be long.
        """
        if any(
            self._consumer.is_changelog(tp) and self._consumer.stock.is_read(tp)
            for tp in partitions
        ):
            tables = cast("TableManager", self._consumer.app.tables)
            if tables.recovery.in_recovery:
                await tables.changelog_queue.throw(TimeoutError())

    async def run(self) -> None:
        """Hand out until cancelled."""
        stock = self._consumer.stock
        while True:
            handed_out = False
            for tp in self._turns.next_round(stock.waiting()):
                if await self._hand_out(tp):
                    handed_out = True
                    await asyncio.sleep(0)
            if not handed_out:
                await self._consumer.fetch(self._most)

    async def _hand_out(self, tp: TP) -> bool:
        # Everything may have changed since the round began: it goes on across awaits.
        if not self._consumer.may_deliver(tp):
            return False
        if self._consumer.is_changelog(tp):
            return await self._hand_out_changes(tp)
        return await self._hand_out_batch(tp)

    async def _hand_out_batch(self, tp: TP) -> bool:
        records = self._consumer.stock.take_batch(tp)
        if not records:
            return False
        generation = self._in_flight.generation(tp)
        assert generation is not None
        batch = Batch(tp.topic, tp.partition, records, generation)
        self._in_flight.hand_out(batch)
        await self._consumer.callback(self._message(tp, records[-1], None, batch))
        return True

    async def _hand_out_changes(self, tp: TP) -> bool:
        # Recovery takes one record at a time: with its queue full, every record would cost both
        # sides a turn of the event loop. The queue tells nobody when it has room.
        queue = cast("TableManager", self._consumer.app.tables).changelog_queue
        half = queue.maxsize // 2
        while queue.qsize() > half and self._consumer.may_deliver(tp):  # noqa: ASYNC110 - see above
            await asyncio.sleep(0)
        generation = self._in_flight.generation(tp)
        handed_out = False
        for _ in range(half):
            if not self._consumer.may_deliver(tp) or self._in_flight.generation(tp) != generation:
                break
            record = self._consumer.stock.take_one(tp)
            if record is None:
                break
            self._in_flight.move(tp, record.offset + 1)
            self._last_changes[tp] = record.offset
            await self._consumer.callback(self._message(tp, record, record.key, record.value))
            handed_out = True
        return handed_out

    def _message(
        self, tp: TP, record: Record, key: bytes | None, value: Batch | bytes | None
    ) -> ConsumerMessage:
        return ConsumerMessage(
            tp.topic,
            tp.partition,
            record.offset,
            record.timestamp / 1000,
            0,
            list(record.headers),
            key,
            cast("bytes", value),  # a batch passes through Faust in the place of a record's bytes
            None,
            tp=tp,
            generation_id=self._consumer.app.consumer_generation_id,
        )
