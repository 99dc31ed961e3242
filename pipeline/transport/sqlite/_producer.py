"""The writing side of the transport."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from faust.transport.producer import Producer as BaseProducer
from faust.types import TP, HeadersArg, RecordMetadata
from faust.types.tuples import FutureMessage

from pipeline.topics import Cleanup
from pipeline.transport._batch import Batch, Output, partition_number
from pipeline.transport.sqlite._catalog import TopicSpec
from pipeline.transport.sqlite._outbox import Outbox
from pipeline.transport.sqlite._transaction import Position, Transaction

if TYPE_CHECKING:
    from pipeline.transport.sqlite._transport import Transport


class Producer(BaseProducer):
    """Commits batches for agents; sends single records for Faust itself.

    It starts before and stops after everything else of an app, so it opens and closes the log.
    """

    transport: Transport

    async def on_start(self) -> None:
        """Open the log; raises LogLockedError if another process has it."""
        await super().on_start()
        await self.transport.open_log()
        self._outbox = Outbox(self.transport.log)

    async def on_shutdown(self) -> None:
        """Close the log."""
        await self.transport.close_log()
        await super().on_shutdown()

    async def commit_batches(
        self, agent: str, batches: Sequence[Batch], outputs: Sequence[Output]
    ) -> list[int]:
        """Do what `BatchProducer` promises; cancelling the wait does not undo it.

        Raises StaleBatchError also for a batch that has been acknowledged before, TopicError for an
        output to a topic or partition that does not exist (nothing is written then), and
        LogWriteError.
        """
        log = self.transport.log
        in_flight = self.transport.in_flight
        partition_number(agent, batches)
        in_flight.check(agent, batches)
        positions = {TP(batch.topic, batch.partition): batch.next_offset for batch in batches}
        group = self.app.conf.id
        future = log.submit(
            Transaction(
                outputs=outputs,
                positions=[Position(group, *tp, offset) for tp, offset in positions.items()],
            )
        )
        in_flight.acknowledge(batches)
        durable = asyncio.wrap_future(future)
        durable.add_done_callback(lambda _: in_flight.settle(batches))
        return await asyncio.shield(durable)

    async def send(  # noqa: PLR0913, PLR0917 - the signature is Faust's
        self,
        topic: str,
        key: bytes | None,
        value: bytes | None,
        partition: int | None,
        timestamp: float | None,
        headers: HeadersArg | None,
        *,
        transactional_id: str | None = None,  # noqa: ARG002 - the signature is Faust's
    ) -> asyncio.Future[RecordMetadata]:
        """Queue one record; the future is done when it is durable."""
        if partition is None:
            partition = self.transport.log.partition_for(topic, key)
        output = Output(topic, key, value, partition, _pairs(headers))
        return self._outbox.send(output, timestamp)

    async def send_and_wait(self, *arguments: Any, **options: Any) -> RecordMetadata:  # noqa: ANN401 - those of `send`
        """Append one record and wait until it is durable."""
        return await (await self.send(*arguments, **options))

    def send_soon(self, fut: FutureMessage) -> None:
        """Queue one record of a table's changelog."""
        message = fut.message
        topic = message.channel.get_topic_name()
        partition = message.partition
        if partition is None:
            partition = self.transport.log.partition_for(topic, message.key)
        output = Output(topic, message.key, message.value, partition, _pairs(message.headers))
        sent = self._outbox.send(output, message.timestamp)
        sent.add_done_callback(lambda sent: _pass_on(sent, fut))

    async def flush(self) -> None:
        """Wait until everything sent so far is durable."""
        await self.buffer.flush()
        if self.transport.is_open:
            await self._outbox.flush()

    async def create_topic(
        self,
        topic: str,
        partitions: int,
        replication: int,  # noqa: ARG002 - one file has no replicas
        *,
        compacting: bool | None = None,
        **_options: Any,  # noqa: ANN401 - retention and the rest do not apply here
    ) -> None:
        """Create a topic that Faust declares, such as a changelog; one that exists stays."""
        known = self.transport.log.topics.get(topic)
        if known is None or known.partitions != partitions:
            cleanup = Cleanup.COMPACT if compacting else Cleanup.KEEP
            self.transport.log.create_topics([TopicSpec(topic, partitions, cleanup)])

    def key_partition(self, topic: str, key: bytes) -> TP:
        """Return the partition of a key."""
        return TP(topic, self.transport.log.partition_for(topic, key))

    def supports_headers(self) -> bool:
        """Say yes: records carry headers."""
        return True


def _pairs(headers: HeadersArg | None) -> tuple[tuple[str, bytes], ...]:
    if not headers:
        return ()
    return tuple(headers.items() if isinstance(headers, Mapping) else headers)


def _pass_on(sent: asyncio.Future[RecordMetadata], fut: FutureMessage) -> None:
    error = sent.exception()
    if error is not None:
        fut.set_exception(error)
        return
    fut.set_result(sent.result())
    if fut.message.callback:
        fut.message.callback(fut)
