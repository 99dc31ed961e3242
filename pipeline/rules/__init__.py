"""The cadence rules, one a file. A new rule is a new file and one line in a list below.

Each list holds the rules that ask the same witness: what they may know stands in the type of their
moment, and the agent of that witness applies them.
"""

from pipeline.rules import (
    account_daily_cap,
    campaign_daily_cap,
    campaign_paused,
    creator_contact_cap,
    follow_up_limit,
    min_gap,
    opted_out,
    pre_accept_limit,
    quiet_hours,
    recontact_gap,
)
from pipeline.rules._moments import InAccount, InCampaign, InConversation, WithCreator
from pipeline.rules._rule import Findings, Rule, RuleCode, broken

CONVERSATION_RULES: tuple[Rule[InConversation], ...] = (
    follow_up_limit.RULE,
    min_gap.RULE,
    pre_accept_limit.RULE,
    quiet_hours.RULE,
    recontact_gap.RULE,
    campaign_paused.RULE,
)
ACCOUNT_RULES: tuple[Rule[InAccount], ...] = (account_daily_cap.RULE,)
CAMPAIGN_RULES: tuple[Rule[InCampaign], ...] = (campaign_daily_cap.RULE,)
CREATOR_RULES: tuple[Rule[WithCreator], ...] = (opted_out.RULE, creator_contact_cap.RULE)

__all__ = [
    "ACCOUNT_RULES",
    "CAMPAIGN_RULES",
    "CONVERSATION_RULES",
    "CREATOR_RULES",
    "Findings",
    "InAccount",
    "InCampaign",
    "InConversation",
    "Rule",
    "RuleCode",
    "WithCreator",
    "broken",
]
