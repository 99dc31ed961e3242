"""Reading the campaigns' feed: what a campaign is told of its touches."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.accounts import Broken
from pipeline.avro import DecodeError, DecodeFailure, SchemaName, open_text
from pipeline.campaigns import Campaign, CampaignUpdate
from pipeline.campaigns import CampaignTouch as TouchOfCampaign
from pipeline.conversation import DAY, Phase
from pipeline.copies import CopyUpdate, MaskedText, MessageKey
from pipeline.events import Platform
from pipeline.outputs._reading import Item, read_enum, read_record
from pipeline.replies import ReplyClass
from pipeline.risk import BrokenRules, Conduct, RiskUpdate, campaign_scope
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode

_COMBINATIONS: Final = 2**12
"""Of rules, or of signals: few ever come together."""


class CampaignNews(NamedTuple):
    """What a record says of one campaign."""

    campaign: Campaign
    touches: list[CampaignUpdate]
    risk: list[RiskUpdate]
    copies: list[CopyUpdate]

    @property
    def is_review(self) -> bool:
        """Whether nothing is new, and only time has passed."""
        return not (self.touches or self.risk or self.copies)


def broken_updates(broken: Broken) -> Iterator[RiskUpdate]:
    """Yield the same, as a campaign takes it."""
    for sent, holds in ((broken.before, False), (broken.after, True)):
        for ref, at in sent.items():
            campaign = Campaign(ref.message.account.workspace, ref.campaign_id)
            facts = BrokenRules(at, frozenset({ref.rule}))
            yield _update(campaign, facts, holds=holds)


def read_campaign(value: bytes) -> CampaignNews:
    """Read a record of the campaigns' feed. Raises DecodeError."""
    record = read_record(value, SchemaName.CAMPAIGN_TOUCH)
    campaign = Campaign(record["workspace"], record["campaign_id"])
    conduct = (
        _update(campaign, _read_conduct(item), holds=item["holds"]) for item in record["conduct"]
    )
    broken = (
        _update(
            campaign,
            BrokenRules(item["occurred_at"], frozenset({read_enum(RuleCode, item, "rule")})),
            holds=item["holds"],
        )
        for item in record["broken"]
    )
    return CampaignNews(
        campaign,
        [_read_touch(campaign, item) for item in record["touches"]],
        [*conduct, *broken],
        [_read_opener(campaign, item) for item in record["openers"]],
    )


def _update(campaign: Campaign, facts: Conduct | BrokenRules, *, holds: bool) -> RiskUpdate:
    return RiskUpdate(campaign, None, facts) if holds else RiskUpdate(campaign, facts, None)


def _read_touch(campaign: Campaign, item: Item) -> CampaignUpdate:
    touch = TouchOfCampaign(
        occurred_at=item["occurred_at"],
        event_id=item["event_id"],
        account_id=item["account_id"],
        platform=read_enum(Platform, item, "platform"),
        message_id=item["message_id"],
        creator_id=item["creator_id"],
        phase=read_enum(Phase, item, "phase"),
        daily_cap=item["daily_cap"],
    )
    day = touch.occurred_at // DAY
    return CampaignUpdate(campaign, day, touch.message, None if item["withdrawn"] else touch)


def _read_conduct(item: Item) -> Conduct:
    try:
        rules = _rules(tuple(item["rules"]))
        signals = _signals(tuple(item["signals"]))
    except ValueError:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field="conduct") from None
    replied = item["reply_class"] is not None
    return Conduct(
        occurred_at=item["occurred_at"],
        platform=read_enum(Platform, item, "platform"),
        account_id=item["account_id"],
        phase=read_enum(Phase, item, "phase"),
        attempt_started_at=item["attempt_started_at"],
        opens_attempt=item["opens_attempt"],
        rules=rules,
        signals=signals,
        quality=item["quality"],
        refers=item["refers"],
        replied_at=item["replied_at"],
        reply_class=read_enum(ReplyClass, item, "reply_class") if replied else None,
    )


@lru_cache(maxsize=_COMBINATIONS)
def _rules(codes: tuple[str, ...]) -> frozenset[RuleCode]:
    return frozenset(map(RuleCode, codes))


@lru_cache(maxsize=_COMBINATIONS)
def _signals(codes: tuple[str, ...]) -> frozenset[SignalCode]:
    return frozenset(map(SignalCode, codes))


def _read_opener(campaign: Campaign, item: Item) -> CopyUpdate:
    text = item["text"]
    platform = read_enum(Platform, item, "platform")
    return CopyUpdate(
        campaign_scope(campaign),
        MessageKey(platform, item["account_id"], item["message_id"]),
        item["occurred_at"],
        item["creator_id"],
        None if text is None else MaskedText(open_text(text, field="text")),
    )
