"""What a report says; its JSON has these names as its keys."""

from __future__ import annotations

from datetime import datetime

import msgspec

from pipeline.report._rate import Rate


class Scope(msgspec.Struct, frozen=True):
    """What the report is limited to; None does not limit."""

    workspace: str | None = None
    campaign: str | None = None


class Headline(msgspec.Struct, frozen=True):
    """The figures to look at first."""

    touches: int
    replies: int
    audience_messages: int
    """Of no campaign: 0 in the report of one."""
    creators_reached: int
    workspaces: int
    accounts: int
    campaigns: int
    first_sent_at: datetime | None
    last_sent_at: datetime | None
    response: Rate
    """Attempts with a credited reply, of all attempts."""
    positive: Rate
    """Credited replies of class `positive`, of all credited replies to outreach touches."""
    opt_outs: Rate
    """Attempts whose credited reply is an opt-out, of all attempts."""
    violating: Rate
    """Touches with a violation, of all touches."""
    median_seconds_to_reply: float | None
    """Of an even number, half way between the two in the middle."""
    mean_seconds_to_reply: float | None


class Responses(msgspec.Struct, frozen=True):
    """What came of some attempts."""

    response: Rate
    positive: Rate
    """Of the credited replies."""
    opt_outs: Rate
    """Of the attempts."""


class PlatformResponses(msgspec.Struct, frozen=True):
    """The attempts on one platform."""

    platform: str
    responses: Responses


class CampaignResponses(msgspec.Struct, frozen=True):
    """The attempts of one campaign."""

    workspace: str
    campaign_id: str
    """Empty for attempts that belong to none."""
    responses: Responses


class TemplateComparison(msgspec.Struct, frozen=True):
    """A campaign whose best template is answered more than its worst, by more than chance."""

    workspace: str
    campaign_id: str
    templates: tuple[TemplateResponse, ...]
    """All that were used, the best first."""


class TemplateResponse(msgspec.Struct, frozen=True):
    """The attempts whose opener used one template."""

    template_id: str
    response: Rate


class StepRate(msgspec.Struct, frozen=True):
    """The outreach touches of one step."""

    step: int
    replied: Rate
    positive: Rate
    """Of the credited replies."""
    mean_seconds_to_reply: float | None
    share_of_replies: Rate
    """The credited replies to this step, of those to all steps."""


class HourResponse(msgspec.Struct, frozen=True):
    """The attempts opened in one hour of the week, UTC."""

    weekday: int
    """1 is Monday, 7 is Sunday."""
    hour: int
    response: Rate


class RiskyCampaign(msgspec.Struct, frozen=True):
    """A campaign that looks like spam, more or less."""

    workspace: str
    campaign_id: str
    """Empty for messages that belong to none."""
    risk: int
    """Its spam risk, 1 to 100, when it did anything last."""
    reasons: tuple[str, ...]
    """What the risk comes of, in words, what weighs most first."""
    is_paused: bool
    alert_open_since: datetime | None
    """None where no alert is open."""


class RuleViolations(msgspec.Struct, frozen=True):
    """The touches that broke one rule."""

    rule: str
    touches: Rate
    """Of all touches."""


class Offender(msgspec.Struct, frozen=True):
    """A campaign or an account that broke rules."""

    workspace: str
    platform: str
    """Empty for a campaign, which is known across platforms."""
    name: str
    """The campaign's or the account's id."""
    touches: Rate
    """Its touches with a violation, of all its touches."""
    violations: int
    """More than touches where some broke several rules."""
    rules: dict[str, int]
    """How many touches broke each, the most broken rule first."""


class DeadLetters(msgspec.Struct, frozen=True):
    """Events that could not be used, of the whole system: they have no workspace."""

    count: int
    reasons: dict[str, int]
    """The most frequent first; ten at most."""


class Report(msgspec.Struct, frozen=True):
    """What the warehouse knew at one moment about the outreach in a scope."""

    scope: Scope
    headline: Headline
    platforms: tuple[PlatformResponses, ...]
    """The best answered first."""
    campaigns: tuple[CampaignResponses, ...]
    """The best answered first."""
    templates: tuple[TemplateComparison, ...]
    """Only where templates differ by more than chance; the greatest difference first."""
    steps: tuple[StepRate, ...]
    """From step 0 on."""
    hours: tuple[HourResponse, ...]
    """From Monday 00:00 on; hours without an attempt are left out."""
    riskiest_campaigns: tuple[RiskyCampaign, ...]
    """All that have a spam risk, the greatest first."""
    rules: tuple[RuleViolations, ...]
    """The most broken first."""
    violating_campaigns: tuple[Offender, ...]
    """The most touches with a violation first."""
    violating_accounts: tuple[Offender, ...]
    """The same; the first 100."""
    dead_letters: DeadLetters

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing at all in the scope."""
        headline = self.headline
        return not (headline.touches or headline.replies or headline.audience_messages)
