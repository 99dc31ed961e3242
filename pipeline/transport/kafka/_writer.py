"""The transactions of one agent in one partition number."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress

from aiokafka import (  # type: ignore[import-untyped]  # it ships no types
    AIOKafkaProducer,
    TopicPartition,
)
from aiokafka.errors import (  # type: ignore[import-untyped]  # the same
    InvalidProducerEpoch,
    InvalidProducerIdMapping,
    KafkaError,
    ProducerFenced,
)
from faust.types import TP

from pipeline.transport._batch import Output, StaleBatchError
from pipeline.transport.kafka._errors import TransactionError
from pipeline.transport.kafka._placing import build_chunks, choose_partitions

_FENCED = (InvalidProducerEpoch, InvalidProducerIdMapping, ProducerFenced)
_TRIES = 3

logger = logging.getLogger(__name__)


class Writer:
    """One aiokafka producer, whose transactional id no other worker can use at the same time.

    To start it fences whoever has used the id before, ends what they had left open, and waits until
    what they had committed can be seen.
    """

    def __init__(self, producer: AIOKafkaProducer, name: str, seconds: float) -> None:
        """Take a producer that is not started; a commit may take so many seconds."""
        self.name = name
        self._producer = producer
        self._seconds = seconds
        self._unusable: Exception | None = None

    async def start(self) -> None:
        """Connect, and fence."""
        try:
            async with asyncio.timeout(self._seconds):
                await self._producer.start()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Disconnect; what is open is aborted by the next to start."""
        # It would wait for a broker that is away to take what is waiting to be sent.
        with suppress(TimeoutError):
            async with asyncio.timeout(self._seconds):
                await self._producer.stop()

    async def choose_partitions(self, outputs: Sequence[Output]) -> list[int]:
        """Return the partition of each output; see `choose_partitions`."""
        return await choose_partitions(self._producer, outputs)

    async def commit(
        self,
        group: str,
        positions: Mapping[TP, int],
        outputs: Sequence[Output],
        partitions: Sequence[int],
    ) -> list[int]:
        """Append the outputs and move the group's positions, in one transaction.

        Returns the offset of each output. Raises StaleBatchError if another has fenced this one,
        TransactionError if it is not known what came of it; after either it is good for nothing.
        Anything else is raised with nothing written.
        """
        if self._unusable is not None:
            raise self._unusable
        try:
            async with asyncio.timeout(self._seconds):
                offsets = await self._prepare(group, positions, outputs, partitions)
                await self._producer.commit_transaction()
        except _FENCED as error:
            self._unusable = StaleBatchError(
                f"{self.name}: another worker has taken the partition over."
            )
            raise self._unusable from error
        except (KafkaError, TimeoutError) as error:
            self._unusable = TransactionError(
                f"{self.name}: the transaction did not end within {self._seconds:g} s or failed "
                f"({error!r}). Start the worker again once the brokers are well: it goes on from "
                "what is committed."
            )
            raise self._unusable from error
        return offsets

    async def _prepare(
        self,
        group: str,
        positions: Mapping[TP, int],
        outputs: Sequence[Output],
        partitions: Sequence[int],
    ) -> list[int]:
        """Bring everything into an open transaction; what passes is tried again."""
        tries = 0
        while True:
            tries += 1
            await self._producer.begin_transaction()
            try:
                # The positions first: right after a transaction the broker refuses to begin the
                # next for a few milliseconds, and only then aiokafka asks again as soon as
                # `retry_backoff_ms` says; for the first output it would wait for 20.
                offsets = {TopicPartition(*tp): offset for tp, offset in positions.items()}
                await self._producer.send_offsets_to_transaction(offsets, group)
                return await self._send(outputs, partitions)
            except _FENCED:
                raise
            except KafkaError as error:
                if self._producer._txn_manager.is_fatal_error():  # noqa: SLF001 - nobody else tells
                    # It cannot even abort: whoever uses the id next does.
                    raise
                await self._producer.abort_transaction()
                if not error.retriable or tries == _TRIES:
                    raise
                logger.warning("%s: a transaction is tried again after %r", self.name, error)

    async def _send(self, outputs: Sequence[Output], partitions: Sequence[int]) -> list[int]:
        chunks = build_chunks(self._producer, outputs, partitions)
        sent = [
            await self._producer.send_batch(chunk.builder, chunk.topic, partition=chunk.partition)
            for chunk in chunks
        ]
        offsets = [0] * len(outputs)
        for chunk, appended in zip(chunks, await asyncio.gather(*sent), strict=True):
            for step, index in enumerate(chunk.indexes):
                offsets[index] = appended.offset + step
        return offsets
