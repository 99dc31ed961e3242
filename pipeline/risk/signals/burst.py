"""Accounts that suddenly send far more than they did."""

from __future__ import annotations

from math import exp2

from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number


def find(inquiry: Inquiry) -> Finding | None:
    """Return how grave the gravest burst is: 50 for twice the usual, 75 for three times."""
    usual = inquiry.settings.usual_touches
    bursts = ((pace.touches / max(usual, pace.busiest), pace) for pace in inquiry.behaviour.paces)
    times, pace = max(bursts, default=(0.0, None))
    if pace is None or times <= 1.0:
        return None
    before = f"at most {number(pace.busiest)} in any hour of the week before"
    return Finding(
        100.0 * (1.0 - exp2(1.0 - times)),
        f"{pace.account} sent {number(pace.touches)} messages within an hour, and {before}",
    )
