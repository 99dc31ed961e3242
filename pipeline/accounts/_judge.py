"""What a policy says of a touch: the rules it breaks and the limits that bind it elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.accounts._changes import CampaignTouch, ContactTouch
from pipeline.accounts._keys import Account
from pipeline.conversation import TouchFacts
from pipeline.events import CampaignId, CreatorId, Milliseconds
from pipeline.policy import Limits, PolicyTimeline
from pipeline.rules import CONVERSATION_RULES, Findings, InConversation, broken

_UTC = "UTC"


class Judges(NamedTuple):
    """The judge of how things were, and of how they are: the same one unless a policy came."""

    before: Judge
    after: Judge


class Judge:
    """Applies the policy that was in force when a touch was sent."""

    def __init__(self, timeline: PolicyTimeline) -> None:
        self._timeline = timeline

    def limits(self, account: Account, campaign: CampaignId, at: Milliseconds) -> Limits:
        """Return the limits of a touch of a campaign by an account."""
        return self._timeline.at(at).limits(*account, campaign)

    def findings(self, account: Account, facts: TouchFacts) -> Findings:
        """Return what the conversation's rules find."""
        at = facts.sent.occurred_at
        policy = self._timeline.at(at)
        timezone = facts.timezone or policy.account_timezone(*account) or _UTC
        limits = policy.limits(*account, facts.campaign_id)
        return broken(CONVERSATION_RULES, limits, facts.phase, InConversation(facts, timezone))

    def contact(self, account: Account, facts: TouchFacts) -> ContactTouch:
        """Return the touch for the creators' feed."""
        sent = facts.sent
        limits = self.limits(account, facts.campaign_id, sent.occurred_at)
        return ContactTouch(
            occurred_at=sent.occurred_at,
            event_id=sent.event_id,
            message_id=sent.message_id,
            campaign_id=facts.campaign_id,
            phase=facts.phase,
            opens_attempt=facts.opens_attempt,
            contact_cap=limits.creator_contact_cap,
            opted_out_binds=limits.opted_out,
        )

    def campaign_touch(
        self, account: Account, creator_id: CreatorId, facts: TouchFacts
    ) -> CampaignTouch:
        """Return the touch for the campaigns' feed."""
        sent = facts.sent
        limits = self.limits(account, facts.campaign_id, sent.occurred_at)
        return CampaignTouch(
            occurred_at=sent.occurred_at,
            event_id=sent.event_id,
            creator_id=creator_id,
            phase=facts.phase,
            daily_cap=limits.campaign_daily_cap,
        )
