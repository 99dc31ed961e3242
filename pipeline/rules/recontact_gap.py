"""`recontact_gap`: no second campaign at a creator who has not answered the first."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode
from pipeline.rules._wording import duration


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when an opener comes too soon after a touch of another, unanswered attempt."""
    other_at = touch.facts.other_outreach_at
    if limits.recontact_gap is None or other_at is None:
        return None
    since = touch.facts.sent.occurred_at - other_at
    if since >= limits.recontact_gap:
        return None
    return (
        f"opens an attempt {duration(since)} after a touch of an unanswered one; "
        f"the gap is {duration(limits.recontact_gap)}"
    )


RULE = Rule(RuleCode.RECONTACT_GAP, OUTREACH_ONLY, check)
