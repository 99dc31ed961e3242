"""Single records, gathered into transactions."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import NamedTuple

from faust.types import TP, RecordMetadata

from pipeline.transport._batch import Output
from pipeline.transport.sqlite._log import SqliteLog
from pipeline.transport.sqlite._transaction import Transaction


class _Sending(NamedTuple):
    output: Output
    milliseconds: int | None
    sent: asyncio.Future[RecordMetadata]


class Outbox:
    """Puts all records that one turn of the event loop sends into one transaction."""

    def __init__(self, log: SqliteLog) -> None:
        self._log = log
        self._waiting: list[_Sending] = []
        self._unsettled: set[asyncio.Future[list[int]]] = set()

    def send(self, output: Output, timestamp: float | None) -> asyncio.Future[RecordMetadata]:
        """Queue an output whose partition is chosen; `timestamp` is in seconds since 1970."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._submit)
        sent: asyncio.Future[RecordMetadata] = loop.create_future()
        milliseconds = None if timestamp is None else int(timestamp * 1000)
        self._waiting.append(_Sending(output, milliseconds, sent))
        return sent

    async def flush(self) -> None:
        """Wait until all that was sent before this call is durable, or has failed."""
        self._submit()
        if self._unsettled:
            await asyncio.wait(self._unsettled)

    def _submit(self) -> None:
        sendings, self._waiting = self._waiting, []
        if not sendings:
            return
        transaction = Transaction(outputs=[sending.output for sending in sendings])
        try:
            written: Future[list[int]] = self._log.submit(
                transaction, [sending.milliseconds for sending in sendings]
            )
        except Exception as error:  # noqa: BLE001 - each sender learns of it from its future
            written = Future()
            written.set_exception(error)
        durable = asyncio.wrap_future(written)
        self._unsettled.add(durable)
        durable.add_done_callback(lambda durable: self._settle(sendings, durable))

    def _settle(self, sendings: list[_Sending], durable: asyncio.Future[list[int]]) -> None:
        self._unsettled.discard(durable)
        error = durable.exception()
        if error is not None:
            for sending in sendings:
                if not sending.sent.done():
                    sending.sent.set_exception(error)
            return
        for sending, offset in zip(sendings, durable.result(), strict=True):
            topic, _, _, partition, _ = sending.output
            assert partition is not None
            if not sending.sent.done():
                sending.sent.set_result(
                    RecordMetadata(topic, partition, TP(topic, partition), offset)
                )
