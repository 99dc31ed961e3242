"""Stopping a consumer of aiokafka's, whatever it is about."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiokafka import AIOKafkaConsumer  # type: ignore[import-untyped]  # it ships no types


async def disconnect(consumer: AIOKafkaConsumer) -> None:
    """Leave the group, if the consumer is in one, and disconnect.

    aiokafka cancels its fetches for that. From one that has failed and waits to be tried again it
    lets the cancellation out as if it were the caller's, and leaves the rest undone.
    """
    try:
        await consumer.stop()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        fetches = list(consumer._fetcher._pending_tasks)  # noqa: SLF001 - there is no other way
        for fetch in fetches:
            fetch.cancel()
        await asyncio.gather(*fetches, return_exceptions=True)
        await consumer._client.close()  # noqa: SLF001 - the same
