"""Producers that kill their process at a given point of a given commit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from signal import SIGKILL
from typing import Any

from aiokafka import AIOKafkaProducer  # type: ignore[import-untyped]  # it ships no types

from pipeline.transport import Batch, Output, StaleBatchError
from pipeline.transport.kafka._producer import Producer as KafkaProducer
from pipeline.transport.sqlite._producer import Producer as SqliteProducer
from tests.faults._notes import Moment, NoteBook
from tests.faults._plan import Crash, Point

REFUSED = "What it woke to write is refused"


def crashing_producer(
    producer: type[KafkaProducer | SqliteProducer], crash: Crash, book: NoteBook
) -> type[KafkaProducer | SqliteProducer]:
    """Return a producer class that does as the given one until the crash, which it notes."""
    base = _CrashingOnKafka if issubclass(producer, KafkaProducer) else _CrashingOnSqlite
    return type(base.__name__, (base,), {"doom": crash, "book": book})


def _send(signal: int) -> None:
    """Send a signal to this process; SIGKILL ends it here."""
    os.kill(os.getpid(), signal)


class _Crashing:
    """What both have in common; stands before a producer in the order of bases."""

    doom: Crash
    book: NoteBook
    commits = 0

    async def commit_batches(
        self, agent: str, batches: Sequence[Batch], outputs: Sequence[Output]
    ) -> list[int]:
        """Do what the producer does, and die at the point."""
        strikes = False
        if agent == self.doom.agent:
            self.commits += 1
            strikes = self.commits == self.doom.commit
        if strikes:
            self.book.note(Moment.DOOMED, batches)
        if strikes and self.doom.point is Point.BEFORE:
            _send(self.doom.signal)
        if strikes and self.doom.point is Point.WITHIN:
            self.die_within(agent, batches)
        try:
            offsets: list[int] = await super().commit_batches(agent, batches, outputs)  # type: ignore[misc]  # of the producer
        except StaleBatchError as refusal:
            if strikes:
                sys.stderr.write(f"{REFUSED}: {refusal}\n")
                sys.stderr.flush()
            raise
        if strikes and self.doom.point is Point.AFTER:
            _send(self.doom.signal)
        survives = self.doom.signal != SIGKILL
        assert survives or not strikes, f"this did not strike: {self.doom}"
        return offsets

    def die_within(self, agent: str, batches: Sequence[Batch]) -> None:
        """Die as soon as the transaction of these batches is open and holds the outputs."""
        raise NotImplementedError


class _CrashingOnSqlite(_Crashing, SqliteProducer):
    def die_within(self, agent: str, batches: Sequence[Batch]) -> None:  # noqa: ARG002 - for Kafka
        # Positions are the last that a transaction writes.
        rows = {
            f"('{self.app.conf.id}','{batch.topic}',{batch.partition},{batch.next_offset})"
            for batch in batches
        }

        def look(statement: str) -> None:
            into, _, row = statement.replace(" ", "").partition("VALUES")
            if into.endswith("INTOpositions") and row in rows:
                _send(self.doom.signal)

        self.transport.log._writer._connection.set_trace_callback(look)


class _CrashingOnKafka(_Crashing, KafkaProducer):
    doomed_transaction = ""

    def die_within(self, agent: str, batches: Sequence[Batch]) -> None:
        self.doomed_transaction = f"{self.app.conf.id}-{agent}-{batches[0].partition}"

    @property
    def _producer_type(self) -> type[Any]:
        crashing = self

        class Producer(AIOKafkaProducer):  # type: ignore[misc]  # it ships no types
            async def commit_transaction(self) -> None:
                if self._txn_manager.transactional_id == crashing.doomed_transaction:
                    crashing.doomed_transaction = ""
                    _send(crashing.doom.signal)
                await super().commit_transaction()

        return Producer
