"""Creators who decline."""

from __future__ import annotations

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many negative replies come on a hundred attempts, at least."""
    refused = inquiry.behaviour.of_attempts(Count.NEGATIVES)
    if not inquiry.says_something(refused):
        return None
    return Finding(
        refused.surely_per_hundred,
        f"{number(refused.part)} creators declined, in {number(refused.whole)} attempts",
    )
