"""Openers that were read and left without an answer, where it is known what was read."""

from __future__ import annotations

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._share import Share
from pipeline.risk._wording import of


def find(inquiry: Inquiry) -> Finding | None:
    """Return how many of a hundred openers that were read stayed unanswered, at least."""
    ripe = inquiry.behaviour.ripe
    unanswered = Share(ripe.get(Count.UNANSWERED, 0), ripe.get(Count.READ, 0))
    if not inquiry.says_something(unanswered):
        return None
    return Finding(
        unanswered.surely_per_hundred,
        f"{of(unanswered)} openers that were read stayed unanswered",
    )
