"""Copies of one text or a few, to many creators, soon after each other."""

from __future__ import annotations

from typing import Final

from pipeline.risk._counts import Count
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._wording import number, time_between

_EXCUSED: Final = 0.6
"""So much of copies is excused by what is written around: a template is no crime in itself."""


def find(inquiry: Inquiry) -> Finding | None:
    """Return the score of the copies, less what personal parts excuse.

    An agency's own wording around a genuine reference to each creator's content is a template; with
    only a name in it, it is a mail merge. Chance excuses nothing: it counts how many openers of the
    campaign refer to such content at least.
    """
    copies = inquiry.given.copies
    if copies is None:
        return None
    referring = inquiry.behaviour.of_attempts(Count.REFERRING)
    whole = max(copies.size, round(copies.size / copies.share))
    about = "about " if copies.error > 0 else ""
    of = "one text" if copies.texts == 1 else f"{number(copies.texts)} texts"
    within = time_between(copies.first_at, copies.last_at)
    return Finding(
        copies.score * (1.0 - _EXCUSED * referring.surely_per_hundred / 100.0),
        f"{about}{number(copies.size)} of {number(whole)} messages were copies of {of}, "
        f"to {number(copies.creators)} creators, {within}",
    )
