"""A process to be killed: copies the topic `in` to `out`, and says how far it is.

    python copying_worker.py URL

After each commit it prints the partition and the offset acknowledged up to. It ends when drained.
"""

from __future__ import annotations

import asyncio
import sys

from faust.types import StreamT

from pipeline.transport import Batch, Output
from pipeline.transport.app import batch_topic, consumer_of, create_app, producer_of, running


async def main(url: str) -> None:
    """Copy until there is nothing left."""
    app = create_app("group", url)

    async def copy(stream: StreamT[Batch]) -> None:
        async for batch in stream:
            await producer_of(app).commit_batches(
                "copy",
                [batch],
                [
                    Output("out", record.key, record.value, batch.partition)
                    for record in batch.records
                ],
            )
            sys.stdout.write(f"{batch.partition} {batch.next_offset}\n")
            sys.stdout.flush()

    app.agent(batch_topic(app, "in"), name="copy")(copy)
    async with running(app):
        await consumer_of(app).drained()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
