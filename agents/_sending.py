"""Send what comes of no batch: records that belong to no transaction."""

from __future__ import annotations

import faust

from pipeline.transport import Output
from pipeline.worker import Context


async def send(app: faust.App, context: Context, output: Output) -> None:
    """Send a record as it is to stand in its topic, and wait until the log has it."""
    (out,) = context.wire.outgoing([output])
    await app.producer.send_and_wait(out.topic, out.key, out.value, out.partition, None, None)
