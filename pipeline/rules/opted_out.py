"""`opted_out`: who asked one account to stop hears from none of the workspace."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import WithCreator
from pipeline.rules._rule import BOTH_PHASES, Rule, RuleCode
from pipeline.rules._wording import moment


def check(limits: Limits, touch: WithCreator) -> str | None:
    """Broken when the creator asked any account of the workspace on this platform to stop."""
    if not limits.opted_out or touch.opted_out_at is None:
        return None
    return f"the creator asked {touch.opted_out_to} to stop at {moment(touch.opted_out_at)}"


RULE = Rule(RuleCode.OPTED_OUT, BOTH_PHASES, check)
