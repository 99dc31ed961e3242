"""The policy that a cluster works by."""

from __future__ import annotations

import random
import time
from contextlib import suppress

from pipeline.cluster._errors import OvertakenError, translated
from pipeline.cluster._log import open_log
from pipeline.cluster._loop import looping
from pipeline.cluster._notes import read_notes
from pipeline.cluster._reader import reader
from pipeline.cluster._settings import ClusterSettings
from pipeline.embedded import POLICY_NOTE, has_policy, load_policy
from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY, Policy

_WRITER = "outreach-policy"
"""One process at a time loads a policy, so that two cannot both find that there is none."""
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 8.0


def put_in_force(settings: ClusterSettings, policy: Policy | None, source: str | None) -> bool:
    """Load a policy, which comes from `source`; without one, a new cluster's is the default.

    Returns whether it was loaded: the one that was loaded last is not loaded again. It counts from
    this moment on, unless it is the cluster's first or its file says otherwise. Blocks until it is
    durable; where several do this at a time, until it is our turn. Raises ClusterError.
    """
    pause = _FIRST_PAUSE
    while policy is not None or not _is_any_loaded(settings):
        with suppress(OvertakenError), open_log(settings, _WRITER) as log:
            now = Milliseconds(time.time_ns() // 1_000_000)
            if policy is not None:
                return load_policy(log, policy, source or "", now)
            if not has_policy(log):
                return load_policy(log, DEFAULT_POLICY, "the shipped defaults", now)
            return False
        # Each that tries again overtakes the others: without chance nobody would ever get through.
        time.sleep(random.uniform(0, pause))  # noqa: S311 - it keeps no secret
        pause = min(2 * pause, _LONGEST_PAUSE)
    return False


def _is_any_loaded(settings: ClusterSettings) -> bool:
    """Look without overtaking anybody: as a rule, there is nothing to do."""
    with looping("kafka") as loop:
        return loop.run(_has_policy(settings.kafka))


async def _has_policy(kafka: str) -> bool:
    with translated(kafka):
        async with reader(kafka) as reads:
            return POLICY_NOTE in await read_notes(reads)
