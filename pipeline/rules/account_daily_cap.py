"""`account_daily_cap`: what a platform tolerates of one account in a day."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InAccount
from pipeline.rules._rule import BOTH_PHASES, Rule, RuleCode


def check(limits: Limits, touch: InAccount) -> str | None:
    """Broken when the account sent `account_daily_cap` or more in the 24 h before it."""
    cap = limits.account_daily_cap
    if cap is None or touch.touches_in_day < cap:
        return None
    return f"the account sent {touch.touches_in_day} in the 24 h before it; the cap is {cap}"


RULE = Rule(RuleCode.ACCOUNT_DAILY_CAP, BOTH_PHASES, check)
