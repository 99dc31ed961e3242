"""Subscribing without a pause."""

from __future__ import annotations

from pipeline.transport._conductor import Conductor as BaseConductor


class Conductor(BaseConductor):
    """Takes up a change of the subscription at once."""

    # Faust waits so long for further changes of the subscription, to spare other workers a
    # rebalance: here there are none.
    _resubscribe_sleep_lock_seconds = 0.1
