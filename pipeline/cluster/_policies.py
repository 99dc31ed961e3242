"""The policy that a cluster works by."""

from __future__ import annotations

import time
from contextlib import suppress

from pipeline.cluster._errors import OvertakenError
from pipeline.cluster._log import open_log
from pipeline.cluster._settings import ClusterSettings
from pipeline.embedded import has_policy, load_policy
from pipeline.events import Milliseconds
from pipeline.policy import DEFAULT_POLICY, Policy

_WRITER = "outreach-policy"
"""One process at a time loads a policy, so that two cannot both find that there is none."""


def put_in_force(settings: ClusterSettings, policy: Policy | None, source: str | None) -> bool:
    """Load a policy, which comes from `source`; without one, a new cluster's is the default.

    Returns whether it was loaded: the one that was loaded last is not loaded again. It counts from
    this moment on, unless it is the cluster's first or its file says otherwise. Blocks until it is
    durable; where several do this at a time, until it is our turn. Raises ClusterError.
    """
    while True:
        with suppress(OvertakenError), open_log(settings, _WRITER) as log:
            if policy is None and has_policy(log):
                return False
            now = Milliseconds(time.time_ns() // 1_000_000)
            chosen = DEFAULT_POLICY if policy is None else policy
            return load_policy(log, chosen, source or "the shipped defaults", now)
