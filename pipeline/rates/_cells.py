"""Rate cells: counts by hour, campaign and template, all of one account."""

from __future__ import annotations

import msgspec

from pipeline.conversation import HOUR, Phase, TouchFacts
from pipeline.events import CampaignId, Milliseconds, TemplateId
from pipeline.replies import ReplyClass


class ResponseCell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The attempts whose opener has this campaign, template and hour (UTC)."""

    campaign_id: CampaignId
    template_id: TemplateId
    hour: Milliseconds


class StepCell(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The outreach touches of this campaign, template, hour (UTC) and step."""

    campaign_id: CampaignId
    template_id: TemplateId
    hour: Milliseconds
    step: int


class ResponseCounts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a response rate divides: attempts, and those with a credited reply, by its class."""

    attempts: int = 0
    replied_attempts: int = 0
    positive_attempts: int = 0
    opt_outs: int = 0

    def plus(self, other: ResponseCounts, sign: int) -> ResponseCounts:
        """Return the sum (sign 1) or the difference (sign -1)."""
        return ResponseCounts(
            self.attempts + sign * other.attempts,
            self.replied_attempts + sign * other.replied_attempts,
            self.positive_attempts + sign * other.positive_attempts,
            self.opt_outs + sign * other.opt_outs,
        )


class StepCounts(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a step rate divides: touches, and those with a credited reply, by its class."""

    touches: int = 0
    replied_touches: int = 0
    positive_touches: int = 0
    reply_seconds: int = 0
    """The sum of the times to reply, each in whole seconds rounded down."""

    def plus(self, other: StepCounts, sign: int) -> StepCounts:
        """Return the sum (sign 1) or the difference (sign -1)."""
        return StepCounts(
            self.touches + sign * other.touches,
            self.replied_touches + sign * other.replied_touches,
            self.positive_touches + sign * other.positive_touches,
            self.reply_seconds + sign * other.reply_seconds,
        )


def hour_of(at: Milliseconds) -> Milliseconds:
    """Return the start of the hour (UTC) that a moment lies in."""
    return Milliseconds(at - at % HOUR)


def seconds_to_reply(facts: TouchFacts) -> int | None:
    """Return the time to the credited reply in whole seconds, rounded down."""
    if facts.credited is None:
        return None
    return (facts.credited.occurred_at - facts.sent.occurred_at) // 1_000


def response_share(facts: TouchFacts) -> tuple[ResponseCell, ResponseCounts] | None:
    """Return what a touch adds to a response rate: as an opener, as the touch replied to, or both.

    Of an attempt at most one outreach touch has a credited reply, since the reply ends the phase:
    so the shares of all touches add up to attempts.
    """
    if facts.phase is not Phase.OUTREACH:
        return None
    opens, credited = facts.opens_attempt, facts.credited
    if not opens and credited is None:
        return None
    opener = facts.opener
    reply_class = None if credited is None else credited.reply_class
    return (
        ResponseCell(facts.campaign_id, opener.template_id, hour_of(opener.occurred_at)),
        ResponseCounts(
            attempts=int(opens),
            replied_attempts=int(credited is not None),
            positive_attempts=int(reply_class is ReplyClass.POSITIVE),
            opt_outs=int(reply_class is ReplyClass.OPT_OUT),
        ),
    )


def step_share(facts: TouchFacts) -> tuple[StepCell, StepCounts] | None:
    """Return what a touch adds to a step rate: nothing in the conversation phase."""
    if facts.phase is not Phase.OUTREACH:
        return None
    sent, credited = facts.sent, facts.credited
    return (
        StepCell(facts.campaign_id, sent.template_id, hour_of(sent.occurred_at), facts.step),
        StepCounts(
            touches=1,
            replied_touches=int(credited is not None),
            positive_touches=int(
                credited is not None and credited.reply_class is ReplyClass.POSITIVE
            ),
            reply_seconds=seconds_to_reply(facts) or 0,
        ),
    )
