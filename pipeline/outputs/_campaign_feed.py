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
from pipeline.avro import SchemaName, encode, seal_plain
from pipeline.campaigns import Campaign
from pipeline.conversation import DAY, Phase
from pipeline.keyed import key_of
from pipeline.outputs._partitions import partition_of
from pipeline.outputs._reading import Item
from pipeline.topics import Topic
from pipeline.transport import Output

_TOUCHES = 200
"""In one record, of each kind: a record stays well below the megabyte that a broker accepts, unless
messages are very long."""

Part = TypeVar("Part")


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
        "refers": seen.refers if seen else False,
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
