"""Attempts that are answered far less often than is usual in the workspace."""

from __future__ import annotations

from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._share import surely_less
from pipeline.risk._spans import DAY
from pipeline.risk._wording import of, percent


def find(inquiry: Inquiry) -> Finding | None:
    """Return which part of the workspace's rate is missing, at least; nothing of few attempts."""
    own, usual = inquiry.behaviour.answered, inquiry.given.workspace_answered
    if usual is None or own.whole < inquiry.settings.fewest or usual.rate <= 0.0:
        return None
    missing = surely_less(own, usual)
    if missing <= 0.0:
        return None
    days = inquiry.settings.patience // DAY
    return Finding(
        100.0 * missing / usual.rate,
        f"{of(own)} attempts were answered within {days} days, "
        f"and {percent(usual.rate)} in the whole workspace",
    )
