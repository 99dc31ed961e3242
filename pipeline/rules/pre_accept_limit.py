"""`pre_accept_limit`: few touches until the creator accepts the message request."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when nobody accepted or wrote yet and `max_pre_accept` touches lie before it."""
    facts, most = touch.facts, limits.max_pre_accept
    if most is None or facts.accepted or facts.creator_has_written or facts.touches_before < most:
        return None
    return (
        f"{facts.touches_before} touches lie before it and the creator has not accepted; "
        f"the platform allows {most}"
    )


RULE = Rule(RuleCode.PRE_ACCEPT_LIMIT, OUTREACH_ONLY, check)
