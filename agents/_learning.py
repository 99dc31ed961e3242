"""Wait for the schemas that batches need to be read."""

from __future__ import annotations

import asyncio
import logging

from pipeline.avro.wire import RegistryError, Wire
from pipeline.monitoring import Work

_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 10.0
_LONGEST_TRY_SECONDS = 600.0
"""A registry that does not answer is given up on long before."""

_log = logging.getLogger(__name__)


async def learn_schemas(wire: Wire, work: Work) -> None:
    """Return once the wire format knows what it needs for the batches of this work.

    Waits however long the schema registry is away: what cannot be read without it may be sound,
    and goes neither to the dead letters nor unread past.
    """
    pause = _FIRST_PAUSE
    while True:
        try:
            with work.busy(_LONGEST_TRY_SECONDS):
                await wire.learn(work.batches)
        except RegistryError as error:
            _log.warning("%s; %d batches wait for it", error, len(work.batches))
            with work.busy(pause):
                await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        else:
            return
