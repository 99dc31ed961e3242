"""Asking the brokers how far partitions go, open transactions included."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from aiokafka import AIOKafkaConsumer  # type: ignore[import-untyped]  # it ships no types
from faust.types import TP


class Ends:
    """A client of its own: the group's consumer sees nothing beyond the first open transaction."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - aiokafka's
        self._settings = settings
        self._client: AIOKafkaConsumer | None = None

    async def of(self, partitions: Collection[TP]) -> Mapping[TP, int]:
        """Return the offset that the next record of each partition gets."""
        if not partitions:
            return {}
        if self._client is None:
            client = AIOKafkaConsumer(**self._settings)
            await client.start()
            self._client = client
        ends = await self._client.end_offsets(partitions)
        return {TP(*tp): end for tp, end in ends.items()}

    async def close(self) -> None:
        """Disconnect."""
        client, self._client = self._client, None
        if client is not None:
            await client.stop()
