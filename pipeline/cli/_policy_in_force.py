"""The policy that a system starts with."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from pipeline.embedded import EmbeddedSystem, has_policy, load_policy
from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY, Policy


async def put_in_force(system: EmbeddedSystem, policy: Policy | None, path: Path | None) -> None:
    """Load a policy, which stands in the file at `path`; without one, a new log's is the default.

    Returns once it is durable; it counts from this moment on, unless it is the log's first or its
    file says otherwise.
    """
    if policy is None and has_policy(system.log):
        return
    source = "the shipped defaults" if path is None else str(path)
    now = Milliseconds(time.time_ns() // 1_000_000)
    chosen = DEFAULT_POLICY if policy is None else policy
    await asyncio.to_thread(load_policy, system.log, chosen, source, now)
