"""What could not be read once, read again with what the registry has by now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager

from pipeline.avro.wire._format import Wire
from pipeline.avro.wire._opening import open_wire
from pipeline.avro.wire._registry_settings import RegistrySettings
from pipeline.transport import Batch, Record

Reread = Callable[[bytes], bytes]
"""Takes a value of either format and returns it as a single object.

Blocks for the registry, and raises RegistryError when it does not answer. Raises DecodeError for a
value that can never be read; one that still cannot be is returned as it is.
"""


@contextmanager
def rereading(registry: RegistrySettings | None) -> Iterator[Reread]:
    """Have a function that rereads values while the block runs, in a thread without event loop.

    Raises RegistryError when there is a registry and it does not answer.
    """
    with asyncio.Runner() as runner:
        opened = AsyncExitStack()
        try:
            wire = runner.run(_open(registry, opened))
            read = wire.reading(lambda _, value: value)

            def reread(value: bytes) -> bytes:
                record = Record(offset=0, timestamp=0, key=None, value=value)
                runner.run(wire.learn([Batch("", 0, [record], generation=0)]))
                return read("", value)

            yield reread
        finally:
            runner.run(opened.aclose())


async def _open(registry: RegistrySettings | None, opened: AsyncExitStack) -> Wire:
    return await opened.enter_async_context(open_wire(registry, write_confluent=False))
