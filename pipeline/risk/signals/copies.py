"""Copies of one text or a few, to many creators, soon after each other."""

from __future__ import annotations

from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number, time_between


def find(inquiry: Inquiry) -> Finding | None:
    """Return the score of the copies."""
    copies = inquiry.given.copies
    if copies is None:
        return None
    whole = max(copies.size, round(copies.size / copies.share))
    about = "about " if copies.error > 0 else ""
    of = "one text" if copies.texts == 1 else f"{number(copies.texts)} texts"
    within = time_between(copies.first_at, copies.last_at)
    return Finding(
        copies.score,
        f"{about}{number(copies.size)} of {number(whole)} messages were copies of {of}, "
        f"to {number(copies.creators)} creators, {within}",
    )
