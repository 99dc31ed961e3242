"""Work a backlog off, with a progress bar."""

from __future__ import annotations

import asyncio
from typing import Final

from pipeline.cli._installation import Installation
from pipeline.cli._progress import processing_bar
from pipeline.embedded import EmbeddedSystem, Settings

RUN_SETTINGS: Final = Settings(batch_records=5_000, insert_rows=50_000, insert_seconds=0.2)
"""For a system that works a backlog off: large pieces, and no waiting for more to come."""

_LOOK_EVERY = 0.1


async def process(installation: Installation, system: EmbeddedSystem) -> None:
    """Wait until everything in the log is processed and in the warehouse; show how far it is."""
    total = system.lag
    with processing_bar(installation.messages, total) as bar:
        drained = asyncio.ensure_future(system.drained())
        while not drained.done():
            await asyncio.wait({drained}, timeout=_LOOK_EVERY)
            # What agents write for each other comes on top: the bar never goes back for it.
            total = max(total, system.lag)
            bar.update(bar.task_ids[0], total=total, completed=total - system.lag)
        await drained
