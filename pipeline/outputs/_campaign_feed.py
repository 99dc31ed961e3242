"""The campaigns' feed: what accounts and creators tell the campaigns' side of touches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from pipeline.accounts import (
    AccountChanges,
    Broken,
    CampaignConduct,
    CampaignOpener,
    CampaignRef,
    CampaignTouch,
)
from pipeline.avro import DecodeError, DecodeFailure, SchemaName, encode, open_text, seal_plain
from pipeline.campaigns import Campaign, CampaignUpdate
from pipeline.campaigns import CampaignTouch as TouchOfCampaign
from pipeline.conversation import DAY, Phase
from pipeline.copies import CopyUpdate, MaskedText, MessageKey
from pipeline.events import Platform
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._reading import Item, read_enum, read_record
from pipeline.replies import ReplyClass
from pipeline.risk import BrokenRules, Conduct, RiskUpdate, campaign_scope
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode
from pipeline.topics import Topic
from pipeline.transport import Output

_TOUCHES = 200
"""In one record, of each kind: a record stays well below the megabyte that a broker accepts, unless
messages are very long."""

Part = TypeVar("Part")


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


class _Parts(NamedTuple):
    touches: list[Item]
    conduct: list[Item]
    broken: list[Item]
    openers: list[Item]


def campaign_outputs(changes: AccountChanges, partitions: int) -> list[Output]:
    """Return what an account's fold tells campaigns; the feed has that many partitions."""
    parts = _parts_by_campaign()
    for ref, touch in changes.campaigns.items():
        campaign = Campaign(ref.message.account.workspace, ref.campaign_id)
        parts[campaign].touches.append(_touch(ref, touch))
    for conduct, holds in changes.conduct:
        campaign = Campaign(conduct.account.workspace, conduct.campaign_id)
        parts[campaign].conduct.append(_conduct(conduct, holds=holds))
    for opener in changes.openers:
        campaign = Campaign(opener.account.workspace, opener.campaign_id)
        parts[campaign].openers.append(_opener(opener))
    _add_broken(parts, changes.broken)
    return list(_outputs(parts, partitions))


def broken_outputs(broken: Broken, partitions: int) -> list[Output]:
    """Return what another fold tells campaigns: the rules that only it knows to be broken."""
    parts = _parts_by_campaign()
    _add_broken(parts, broken)
    return list(_outputs(parts, partitions))


def review_output(campaign: Campaign, partitions: int) -> Output:
    """Return the record that has a campaign looked at again, though nothing of it is new."""
    return _output(campaign, ([], [], [], []), partitions)


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


def _parts_by_campaign() -> defaultdict[Campaign, _Parts]:
    return defaultdict(lambda: _Parts([], [], [], []))


def _outputs(parts: dict[Campaign, _Parts], partitions: int) -> Iterator[Output]:
    for campaign, each in parts.items():
        for pieces in zip_longest(*map(_pieces, each), fillvalue=()):
            yield _output(campaign, pieces, partitions)


def _output(campaign: Campaign, pieces: Sequence[Sequence[Item]], partitions: int) -> Output:
    key = key_of(*campaign).encode()
    record = {
        "workspace": campaign.workspace,
        "campaign_id": campaign.campaign_id,
        **dict(zip(_Parts._fields, pieces, strict=True)),
    }
    value = encode(SchemaName.CAMPAIGN_TOUCH, record)
    return Output(Topic.CAMPAIGN_TOUCHES, key, value, partition_of(key, partitions))


def _pieces(items: list[Part]) -> Iterable[list[Part]]:
    return (items[start : start + _TOUCHES] for start in range(0, len(items), _TOUCHES))


def _touch(ref: CampaignRef, touch: CampaignTouch | None) -> Item:
    _, platform, account_id = ref.message.account
    return {
        "occurred_at": touch.occurred_at if touch else ref.day * DAY,
        "event_id": touch.event_id if touch else "",
        "platform": platform,
        "account_id": account_id,
        "message_id": ref.message.message_id,
        "creator_id": touch.creator_id if touch else "",
        "phase": touch.phase if touch else Phase.OUTREACH,
        "daily_cap": touch.daily_cap if touch else None,
        "withdrawn": touch is None,
    }


def _conduct(conduct: CampaignConduct, *, holds: bool) -> Item:
    _, platform, account_id = conduct.account
    seen = conduct.seen
    return {
        "holds": holds,
        "occurred_at": conduct.occurred_at,
        "platform": platform,
        "account_id": account_id,
        "phase": conduct.phase,
        "attempt_started_at": conduct.attempt_started_at,
        "opens_attempt": conduct.opens_attempt,
        "rules": sorted(conduct.rules),
        "quality": seen.quality if seen else None,
        "signals": seen.signals if seen else (),
        "replied_at": conduct.replied_at,
        "reply_class": conduct.reply_class,
    }


def _add_broken(parts: dict[Campaign, _Parts], broken: Broken) -> None:
    for sent, holds in ((broken.before, False), (broken.after, True)):
        for ref, at in sent.items():
            campaign = Campaign(ref.message.account.workspace, ref.campaign_id)
            item = {"holds": holds, "occurred_at": at, "rule": ref.rule}
            parts[campaign].broken.append(item)


def _opener(opener: CampaignOpener) -> Item:
    _, platform, account_id = opener.account
    return {
        "occurred_at": opener.occurred_at,
        "platform": platform,
        "account_id": account_id,
        "message_id": opener.message_id,
        "creator_id": opener.creator_id,
        "text": None if opener.text is None else seal_plain(opener.text),
    }


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
        rules = frozenset(map(RuleCode, item["rules"]))
        signals = frozenset(map(SignalCode, item["signals"]))
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
        replied_at=item["replied_at"],
        reply_class=read_enum(ReplyClass, item, "reply_class") if replied else None,
    )


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
