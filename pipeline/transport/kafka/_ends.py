"""Asking the brokers how far partitions go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from aiokafka import AIOKafkaConsumer  # type: ignore[import-untyped]  # it ships no types
from faust.transport.drivers.aiokafka import credentials_to_aiokafka_auth, server_list
from faust.types import TP

if TYPE_CHECKING:
    from pipeline.transport.kafka._transport import Transport


class Ends:
    """A client of its own, beside the group's consumer, which may have come to a stop.

    Open transactions are included; with `isolation_level="read_committed"` they are not.
    """

    def __init__(self, transport: Transport, **settings: Any) -> None:  # noqa: ANN401 - aiokafka's
        conf = transport.app.conf
        self._settings = {
            "client_id": conf.broker_client_id,
            "bootstrap_servers": server_list(transport.url, transport.default_port),
            "request_timeout_ms": int(conf.broker_request_timeout * 1000),
            **credentials_to_aiokafka_auth(conf.broker_credentials, conf.ssl_context),
            **settings,
        }
        self._client: AIOKafkaConsumer | None = None
        self._closed = False

    async def of(self, partitions: Collection[TP]) -> Mapping[TP, int]:
        """Return the offset that the next record of each partition gets; raises aiokafka's errors.

        Of none once this is closed.
        """
        client = await self._connected() if partitions else None
        if client is None:
            return {}
        ends = await client.end_offsets(partitions)
        return {TP(*tp): end for tp, end in ends.items()}

    async def _connected(self) -> AIOKafkaConsumer | None:
        if self._client is None and not self._closed:
            client = AIOKafkaConsumer(**self._settings)
            try:
                await client.start()
            except BaseException:
                await client.stop()
                raise
            if self._closed or self._client is not None:
                await client.stop()
            else:
                self._client = client
        return self._client

    async def close(self) -> None:
        """Disconnect, for good."""
        self._closed = True
        client, self._client = self._client, None
        if client is not None:
            await client.stop()
