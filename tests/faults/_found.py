"""What is there once all faults are over."""

from __future__ import annotations

from typing import NamedTuple

from tests.system.outreach import Ended, Views


class Found(NamedTuple):
    """What a system holds at the end of its faults."""

    views: Views
    reconciled: Ended
    """What `outreach reconcile` came to."""
    delivered_twice: int
    """Deliveries of records to agents that were not the first."""
