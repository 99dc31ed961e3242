"""The log of a cluster: Kafka, with one transaction for each commit of an agent.

A Faust transport on top of Faust's own for aiokafka. It is what `kafka://` means as soon as this
package is installed: Faust takes the entry points into its table of transports after its own names,
so ours replaces its own, which stays to be had as `aiokafka://`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.transport.kafka._disconnecting import disconnect
from pipeline.transport.kafka._errors import KafkaTopicError, TransactionError

if TYPE_CHECKING:
    from pipeline.transport.kafka._transport import Transport

__all__ = ["KafkaTopicError", "TransactionError", "Transport", "disconnect"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - any attribute of a module
    """Import the transport when Faust asks for it: Faust takes half a second to import."""
    if name == "Transport":
        from pipeline.transport.kafka._transport import Transport  # noqa: PLC0415 - see above

        return Transport
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
