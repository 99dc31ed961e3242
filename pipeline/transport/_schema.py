"""How a Faust agent reads a topic by the batch."""

from __future__ import annotations

from typing import Any

import faust
from faust.types import AppT, CodecArg, Message, TopicT


class BatchSchema(faust.Schema[Any, Any]):
    """Passes the batch that a transport delivers through as it is.

    The event's value is a `pipeline.transport.Batch`; its key is None.
    """

    def loads_key(
        self,
        app: AppT,  # noqa: ARG002 - the signature is Faust's
        message: Message,
        *,
        loads: Any = None,  # noqa: ANN401, ARG002 - the signature is Faust's
        serializer: CodecArg | None = None,  # noqa: ARG002 - the signature is Faust's
    ) -> Any:  # noqa: ANN401 - the signature is Faust's
        """Return the key as it came."""
        return message.key

    def loads_value(
        self,
        app: AppT,  # noqa: ARG002 - the signature is Faust's
        message: Message,
        *,
        loads: Any = None,  # noqa: ANN401, ARG002 - the signature is Faust's
        serializer: CodecArg | None = None,  # noqa: ARG002 - the signature is Faust's
    ) -> Any:  # noqa: ANN401 - the signature is Faust's
        """Return the batch as it came."""
        return message.value


def batch_topic(app: AppT, *names: str) -> TopicT:
    """Describe topics that one agent of `app` reads by the batch.

    Faust's own acknowledgements are off: a batch is acknowledged by `commit_batches` alone.
    """
    return app.topic(*names, schema=BatchSchema(), acks=False)
