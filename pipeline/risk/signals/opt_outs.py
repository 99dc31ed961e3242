"""Creators who ask to stop, or say that they block or report."""

from __future__ import annotations

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many opt-outs come on a hundred attempts, at least."""
    refused = inquiry.behaviour.of_attempts(Count.OPT_OUTS)
    if not inquiry.says_something(refused):
        return None
    return Finding(
        refused.surely_per_hundred,
        f"{number(refused.part)} creators asked to stop, in {number(refused.whole)} attempts",
    )
