"""Copies of one text, to many creators, soon after each other."""

from __future__ import annotations

from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number, time_between


def find(inquiry: Inquiry) -> Finding | None:
    """Return the score of the gravest cluster."""
    cluster = inquiry.given.copies
    if cluster is None:
        return None
    whole = max(cluster.size, round(cluster.size / cluster.share))
    about = "about " if cluster.error > 0 else ""
    within = time_between(cluster.first_at, cluster.last_at)
    return Finding(
        cluster.score,
        f"{about}{number(cluster.size)} of {number(whole)} messages were copies of one text, "
        f"to {number(cluster.creators)} creators, {within}",
    )
