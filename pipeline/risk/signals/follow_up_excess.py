"""Follow-ups to creators who have not answered the ones before."""

from __future__ import annotations

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import of


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many of a hundred touches are follow-ups beyond the limit, at least."""
    excess = inquiry.behaviour.of_touches(Count.EXCESS)
    if not inquiry.says_something(excess):
        return None
    return Finding(
        excess.surely_per_hundred, f"{of(excess)} messages were follow-ups beyond the limit"
    )
