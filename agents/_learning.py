"""Wait for the schemas that batches need to be read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from pipeline.avro.wire import RegistryError, Wire
from pipeline.transport import Batch

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0

_log = logging.getLogger(__name__)


async def learn_schemas(wire: Wire, batches: Sequence[Batch]) -> None:
    """Return once the wire format knows what it needs for these batches.

    Waits however long the schema registry is away: what cannot be read without it may be sound,
    and goes neither to the dead letters nor unread past.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            await wire.learn(batches)
        except RegistryError as error:
            _log.warning("%s; %d batches wait for it", error, len(batches))
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return
