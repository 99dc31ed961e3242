"""Openers of little quality, all together."""

from __future__ import annotations

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number


def find(inquiry: Inquiry) -> Finding | None:
    """Return how much the mean quality lacks of 100; nothing of few openers."""
    recent = inquiry.behaviour.recent
    judged, lack = recent.get(Count.JUDGED, 0), recent.get(Count.LACK, 0)
    if judged < inquiry.settings.fewest or lack <= 0:
        return None
    return Finding(
        lack / judged,
        f"the mean quality of {number(judged)} openers is {round(100 - lack / judged)} of 100",
    )
