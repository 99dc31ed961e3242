"""A cluster's log, for whoever writes to it from outside its workers."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import AsyncExitStack, contextmanager
from typing import Any, TypeVar

from pipeline.avro.wire import Wire, open_wire
from pipeline.cluster._errors import ClusterError, translated
from pipeline.cluster._loop import Loop, looping
from pipeline.cluster._notes import note_outputs, notes_of, position_name, read_notes
from pipeline.cluster._reader import Reader, reader
from pipeline.cluster._settings import ClusterSettings
from pipeline.cluster._writer import Writer, writer
from pipeline.transport import Batch, Record
from pipeline.transport.sqlite import Transaction

T = TypeVar("T")


@contextmanager
def open_log(settings: ClusterSettings, writer_id: str) -> Iterator[KafkaLog]:
    """Have the log of a cluster open while the block runs.

    Whoever had it open under this `writer_id` before can write no more, and all that they wrote is
    there, or never will be. Raises ClusterError when the brokers do not answer, or the schema
    registry. Blocks; at the end until all that was submitted is durable or has failed.
    """
    with looping("kafka") as loop:
        opened = AsyncExitStack()
        try:
            log = loop.run(_open(settings, writer_id, loop, opened))
            yield log
            loop.run(log.settled())
        finally:
            loop.run(opened.aclose())


async def _open(
    settings: ClusterSettings, writer_id: str, loop: Loop, opened: AsyncExitStack
) -> KafkaLog:
    kafka = settings.kafka
    with translated(kafka):
        wire = await opened.enter_async_context(
            open_wire(settings.registry, write_confluent=settings.write_confluent)
        )
        writes = await opened.enter_async_context(writer(kafka, writer_id))
        # Only now nobody else can write notes under this id.
        reads = await opened.enter_async_context(reader(kafka))
        return KafkaLog(kafka, loop, wire, writes, reads, await read_notes(reads))


class KafkaLog:
    """Topics on Kafka, as an importer sees them; see `pipeline.importer.Log`.

    Each transaction is one of Kafka's, in the order in which they were submitted; after one that
    failed none is written any more. Positions and notes stand in a topic of their own. Methods may
    be called from any thread; all but `submit` block. They raise ClusterError, and OvertakenError
    where another process has opened the log under the same id since.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - `open_log` alone does it
        self,
        kafka: str,
        loop: Loop,
        wire: Wire,
        writes: Writer,
        reads: Reader,
        notes: dict[str, bytes],
    ) -> None:
        self._kafka = kafka
        self._loop = loop
        self._wire = wire
        self._writer = writes
        self._reader = reads
        self._notes = notes
        self._writing = asyncio.Lock()
        self._failure: ClusterError | None = None

    def submit(self, transaction: Transaction) -> Future[list[int]]:
        """Queue a transaction; the future gives the offsets of its outputs once it is durable.

        Raises ValueError for one that would empty topics.
        """
        if transaction.truncate:
            raise ValueError("topics of a cluster are not emptied by who writes to them")
        return self._loop.begin(self._write(transaction))

    def position(self, group: str, topic: str, partition: int) -> int | None:
        """Return what was noted as this position last; None if nothing was."""
        noted = self._notes.get(position_name(group, topic, partition))
        return None if noted is None else int(noted)

    def meta(self, name: str) -> bytes | None:
        """Return the note of this name; None if there is none."""
        return self._notes.get(name)

    def partition_count(self, topic: str) -> int:
        """Return how many partitions a topic has."""
        return self._run(self._writer.partition_count(topic))

    def start_offset(self, topic: str, partition: int) -> int:
        """Return the offset of the oldest record, or the end offset if there is none."""
        return self._run(self._reader.start_offset(topic, partition))

    def end_offset(self, topic: str, partition: int) -> int:
        """Return the offset after the newest record that can be seen."""
        return self._run(self._reader.end_offset(topic, partition))

    def read(self, topic: str, partition: int, offset: int) -> list[Record]:
        """Return the records from `offset` on, some of them at least; none if there are none."""
        return self._run(self._read(topic, partition, offset))

    async def _read(self, topic: str, partition: int, offset: int) -> list[Record]:
        records = await self._reader.read(topic, partition, offset)
        batch = Batch(topic, partition, records, generation=0)
        await self._wire.learn([batch])
        values = self._wire.values(batch)
        return [
            record if record.value is None else record._replace(value=value)
            for record, value in zip(records, values, strict=True)
        ]

    async def settled(self) -> None:
        """Wait until all that was submitted is durable or has failed."""
        async with self._writing:
            pass

    async def _write(self, transaction: Transaction) -> list[int]:
        notes = notes_of(transaction)
        outputs = [*self._wire.outgoing(transaction.outputs), *note_outputs(notes)]
        async with self._writing:
            if self._failure is not None:
                # A note must never tell of what a transaction before it has failed to write.
                raise self._failure
            if not outputs:
                return []
            try:
                with translated(self._kafka):
                    offsets = await self._writer.write(outputs)
            except ClusterError as error:
                self._failure = error
                raise
        for name, value in notes.items():
            if value is None:
                self._notes.pop(name, None)
            else:
                self._notes[name] = value
        return offsets[: len(transaction.outputs)]

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        with translated(self._kafka):
            return self._loop.run(work)
