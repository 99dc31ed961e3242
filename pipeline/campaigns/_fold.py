"""Fold what accounts say of their touches into the days of each campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.accounts import (
    Account,
    Broken,
    MessageRef,
    ViolationRef,
    ViolationRow,
    note_differences,
)
from pipeline.campaigns._state import DAY, Campaign, CampaignDay, CampaignTouch
from pipeline.caps import affected, touches_in_day_before
from pipeline.events import AccountId, EventId, MessageId, Milliseconds, Platform
from pipeline.keyed import KeyedState, key_of
from pipeline.policy import Limits
from pipeline.rules import CAMPAIGN_RULES, InCampaign, broken

Message = tuple[Platform, AccountId, MessageId]

_EMPTY = CampaignDay()


class CampaignUpdate(NamedTuple):
    """How a touch of a campaign is now on a UTC day (counted from 1970-01-01); None is gone."""

    campaign: Campaign
    day: int
    message: Message
    touch: CampaignTouch | None


def fold_campaigns(
    state: KeyedState, updates: Iterable[CampaignUpdate], broken: Broken | None = None
) -> dict[ViolationRef, ViolationRow]:
    """Fold updates, and return the violations that are different now; note them in `broken`, too.

    Updates of one account come in the order in which they were made; between accounts their order
    changes nothing in the end.
    """
    pending: dict[Campaign, dict[int, dict[Message, CampaignTouch | None]]]
    pending = defaultdict(lambda: defaultdict(dict))
    for update in updates:
        pending[update.campaign][update.day][update.message] = update.touch
    changed: dict[ViolationRef, ViolationRow] = {}
    for campaign, days in pending.items():
        _fold_campaign(state, campaign, days, changed, broken)
    return changed


def _fold_campaign(
    state: KeyedState,
    campaign: Campaign,
    edits: dict[int, dict[Message, CampaignTouch | None]],
    changed: dict[ViolationRef, ViolationRow],
    broken: Broken | None,
) -> None:
    around = {day + near for day in edits for near in (-1, 0, 1)}
    state.prefetch(DAY, [key_of(*campaign, day) for day in around])
    before = {day: state.get(DAY, key_of(*campaign, day)) or _EMPTY for day in around}
    after = dict(before)
    for day, edit in edits.items():
        after[day] = _edited(before[day], edit)
        key = key_of(*campaign, day)
        if after[day] == _EMPTY:
            state.delete(DAY, key)
        else:
            state.put(DAY, key, after[day])
    for day in edits:
        moments = _moments(before[day], after[day])
        was = _over_cap(campaign, _three_days(before, day), moments)
        now = _over_cap(campaign, _three_days(after, day), moments)
        note_differences(was, now, changed, broken)


def _edited(day: CampaignDay, edit: dict[Message, CampaignTouch | None]) -> CampaignDay:
    touches = [touch for touch in day.touches if touch.message not in edit]
    touches.extend(touch for touch in edit.values() if touch is not None)
    touches.sort(key=_rank)
    return CampaignDay(tuple(touches))


def _rank(touch: CampaignTouch) -> tuple[Milliseconds, EventId, AccountId, Platform]:
    return touch.rank


def _moments(before: CampaignDay, after: CampaignDay) -> set[Milliseconds]:
    """Return when the touches were sent that are on one side only."""
    old, new = set(before.touches), set(after.touches)
    return {touch.occurred_at for touch in old ^ new}


def _three_days(days: dict[int, CampaignDay], day: int) -> list[CampaignTouch]:
    return [touch for each in (day - 1, day, day + 1) for touch in days[each].touches]


def _over_cap(
    campaign: Campaign, touches: list[CampaignTouch], moments: set[Milliseconds]
) -> dict[ViolationRef, ViolationRow]:
    """Return the rules broken by touches whose day before holds one of the moments."""
    if all(touch.daily_cap is None for touch in touches):
        return {}
    times = [touch.occurred_at for touch in touches]
    over = {}
    for index in affected(times, moments):
        touch = touches[index]
        limits = Limits(campaign_daily_cap=touch.daily_cap)
        sent_in_day = InCampaign(touches_in_day_before(times, index))
        for rule, detail in broken(CAMPAIGN_RULES, limits, touch.phase, sent_in_day).items():
            account = Account(campaign.workspace, touch.platform, touch.account_id)
            message = MessageRef(account, touch.message_id)
            ref = ViolationRef(message, rule, touch.creator_id, campaign.campaign_id)
            over[ref] = ViolationRow(touch.occurred_at, detail)
    return over
