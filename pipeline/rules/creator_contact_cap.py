"""`creator_contact_cap`: few attempts at one creator, whichever accounts make them."""

from __future__ import annotations

from pipeline.policy import Limits
from pipeline.rules._moments import WithCreator
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode


def check(limits: Limits, touch: WithCreator) -> str | None:
    """Broken by an opener when `creator_contact_cap` or more attempts opened in the 30 d before."""
    cap = limits.creator_contact_cap
    if cap is None or not touch.opens_attempt or touch.attempts_in_window < cap:
        return None
    return (
        f"{touch.attempts_in_window} other attempts at the creator opened in the 30 d before it; "
        f"the cap is {cap}"
    )


RULE = Rule(RuleCode.CREATOR_CONTACT_CAP, OUTREACH_ONLY, check)
