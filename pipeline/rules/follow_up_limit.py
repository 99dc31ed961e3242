"""`follow_up_limit`: no more than a few unanswered follow-ups."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import BOTH_PHASES, Rule, RuleCode


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when the step is greater than `max_follow_ups`."""
    step, most = touch.facts.step, limits.max_follow_ups
    if most is None or step <= most:
        return None
    return f"step {step}; the policy allows {most} follow-ups"


RULE = Rule(RuleCode.FOLLOW_UP_LIMIT, BOTH_PHASES, check)
