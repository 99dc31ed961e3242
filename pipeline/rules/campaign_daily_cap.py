"""`campaign_daily_cap`: how much one campaign may send in a day, over all its accounts."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InCampaign
from pipeline.rules._rule import BOTH_PHASES, Rule, RuleCode


def check(limits: Limits, touch: InCampaign) -> str | None:
    """Broken when the campaign sent `campaign_daily_cap` or more in the 24 h before it."""
    cap = limits.campaign_daily_cap
    if cap is None or touch.touches_in_day < cap:
        return None
    return f"the campaign sent {touch.touches_in_day} in the 24 h before it; the cap is {cap}"


RULE = Rule(RuleCode.CAMPAIGN_DAILY_CAP, BOTH_PHASES, check)
