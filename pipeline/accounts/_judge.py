"""What a policy says of a touch: the rules it breaks and the limits that bind it elsewhere."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.accounts._changes import CampaignTouch, ContactTouch
from pipeline.accounts._keys import Account
from pipeline.conversation import TouchFacts
from pipeline.events import CampaignId, CreatorId, Milliseconds
from pipeline.pauses import PauseBook
from pipeline.policy import Limits, PolicyTimeline
from pipeline.rules import CONVERSATION_RULES, Findings, InConversation, broken

_UTC = "UTC"


class Judges(NamedTuple):
    """The judge of how things were, and of how they are; one unless a policy or a pause came."""

    before: Judge
    after: Judge


class Verdict(NamedTuple):
    """What a judge says of a touch."""

    findings: Findings
    """The rules of the conversation that it breaks."""
    contact: ContactTouch
    """How the creators' feed tells of it."""
    campaign_touch: CampaignTouch | None
    """How the campaigns' feed tells of it; None while no policy caps any campaign."""


class Judge:
    """Applies the policy that was in force when a touch was sent, and its campaign's pauses."""

    def __init__(self, timeline: PolicyTimeline, pauses: PauseBook) -> None:
        self._timeline = timeline
        self._pauses = pauses
        self._caps_campaigns = timeline.caps_campaigns

    def limits(self, account: Account, campaign: CampaignId, at: Milliseconds) -> Limits:
        """Return the limits of a touch of a campaign by an account."""
        return self._timeline.at(at).limits(*account, campaign)

    def verdict(self, account: Account, creator_id: CreatorId, facts: TouchFacts) -> Verdict:
        """Return everything that a touch is judged by here, or will be elsewhere."""
        sent = facts.sent
        policy = self._timeline.at(sent.occurred_at)
        limits = policy.limits(*account, facts.campaign_id)
        timezone = facts.timezone or policy.account_timezone(*account) or _UTC
        pause = self._pauses.in_force(account.workspace, facts.campaign_id, sent.occurred_at)
        moment = InConversation(facts, timezone, pause)
        contact = ContactTouch(
            occurred_at=sent.occurred_at,
            event_id=sent.event_id,
            message_id=sent.message_id,
            campaign_id=facts.campaign_id,
            phase=facts.phase,
            opens_attempt=facts.opens_attempt,
            contact_cap=limits.creator_contact_cap,
            opted_out_binds=limits.opted_out,
        )
        campaign_touch = None
        if self._caps_campaigns:
            campaign_touch = CampaignTouch(
                occurred_at=sent.occurred_at,
                event_id=sent.event_id,
                creator_id=creator_id,
                phase=facts.phase,
                daily_cap=limits.campaign_daily_cap,
            )
        findings = broken(CONVERSATION_RULES, limits, facts.phase, moment)
        return Verdict(findings, contact, campaign_touch)
