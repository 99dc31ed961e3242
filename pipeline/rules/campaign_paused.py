"""`campaign_paused`: nobody new is approached in the name of a campaign while it is paused."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode
from pipeline.rules._wording import moment


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when the campaign is paused, by a person or by its spam risk."""
    pause = touch.pause
    if not limits.campaign_paused or pause is None or not pause.paused:
        return None
    why = f": {pause.reasons[0]}" if pause.reasons else ""
    return f"{pause.who} paused the campaign at {moment(pause.at)}{why}"


RULE = Rule(RuleCode.CAMPAIGN_PAUSED, OUTREACH_ONLY, check)
