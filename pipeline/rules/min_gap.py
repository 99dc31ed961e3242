"""`min_gap`: time for an answer before the next touch."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode
from pipeline.rules._wording import duration


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when it comes sooner than `min_gap` after the touch before it in its streak."""
    previous_at = touch.facts.previous_at
    if limits.min_gap is None or previous_at is None:
        return None
    gap = touch.facts.sent.occurred_at - previous_at
    if gap >= limits.min_gap:
        return None
    return f"{duration(gap)} after the touch before it; the gap is {duration(limits.min_gap)}"


RULE = Rule(RuleCode.MIN_GAP, OUTREACH_ONLY, check)
