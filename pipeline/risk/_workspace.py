"""How often the attempts of a whole workspace are answered: what is usual there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import msgspec

from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, WorkspaceId
from pipeline.keyed import KeyedState, Kind, key_of
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._share import Share
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import DAYS, Minute

_HOURS: Final = DAY // HOUR


class AnswersUpdate(NamedTuple):
    """What changes of an hour of a workspace: how many attempts more began in it."""

    workspace: WorkspaceId
    hour: int
    """Counted from 1970-01-01T00:00Z."""
    attempts: int
    """Less than 0: so many fewer."""
    answered: int
    """Of them, those that were answered before one's patience ended."""


class AnswersOfDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A UTC day of a workspace: attempts and those answered, by the hour (0 to 23)."""

    hours: dict[int, tuple[int, int]] = {}


class CampaignsOfWorkspace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The campaigns of a workspace, in the order of their ids."""

    ids: tuple[CampaignId, ...] = ()


ANSWERS: Final = Kind("w", AnswersOfDay)
CAMPAIGNS: Final = Kind("c", CampaignsOfWorkspace)


def fold_answers(state: KeyedState, updates: Iterable[AnswersUpdate]) -> dict[WorkspaceId, int]:
    """Fold updates, and return the first hour of each workspace that is another one now.

    They are sums, so their order changes nothing; each counts as often as it is folded.
    """
    days: dict[tuple[WorkspaceId, int], dict[int, tuple[int, int]]] = defaultdict(dict)
    for workspace, hour, attempts, answered in updates:
        of_day, within = days[workspace, hour // _HOURS], hour % _HOURS
        before = of_day.get(within, (0, 0))
        of_day[within] = before[0] + attempts, before[1] + answered
    keys = {place: _day_key(*place) for place in days}
    state.prefetch(ANSWERS, keys.values())
    first: dict[WorkspaceId, int] = {}
    for (workspace, day), edits in days.items():
        key = keys[workspace, day]
        hours = dict((state.get(ANSWERS, key) or AnswersOfDay()).hours)
        for within, (attempts, answered) in edits.items():
            if attempts or answered:
                before = hours.get(within, (0, 0))
                hours[within] = before[0] + attempts, before[1] + answered
                hour = day * _HOURS + within
                first[workspace] = min(hour, first.get(workspace, hour))
        kept = AnswersOfDay({hour: sums for hour, sums in sorted(hours.items()) if sums != (0, 0)})
        if kept.hours:
            state.put(ANSWERS, key, kept)
        else:
            state.delete(ANSWERS, key)
    return first


def answered_in_workspace(
    state: KeyedState,
    workspace: WorkspaceId,
    last: int,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> Share:
    """Return how many attempts were answered, of those of the window that ends with an hour.

    May read the disk.
    """
    first = last - settings.window // HOUR + 1
    keys = {day: _day_key(workspace, day) for day in range(first // _HOURS, last // _HOURS + 1)}
    state.prefetch(ANSWERS, keys.values())
    sums = [
        of_hour
        for day, key in keys.items()
        for within, of_hour in (state.get(ANSWERS, key) or AnswersOfDay()).hours.items()
        if first <= day * _HOURS + within <= last
    ]
    return Share(sum(answered for _, answered in sums), sum(attempts for attempts, _ in sums))


def remember_campaigns(state: KeyedState, campaigns: Iterable[Campaign]) -> None:
    """Add campaigns to those of their workspaces. May read the disk."""
    by_workspace: dict[WorkspaceId, set[CampaignId]] = defaultdict(set)
    for campaign in campaigns:
        by_workspace[campaign.workspace].add(campaign.campaign_id)
    for workspace, ids in by_workspace.items():
        key = key_of(workspace)
        before = state.get(CAMPAIGNS, key) or CampaignsOfWorkspace()
        after = CampaignsOfWorkspace(tuple(sorted({*before.ids, *ids})))
        if after != before:
            state.put(CAMPAIGNS, key, after)


def campaigns_that_see(
    state: KeyedState, workspace: WorkspaceId, first: Minute
) -> Iterator[Campaign]:
    """Yield the campaigns of a workspace that did anything on the day of a minute, or later.

    May read the disk.
    """
    kept = state.get(CAMPAIGNS, key_of(workspace)) or CampaignsOfWorkspace()
    campaigns = {key_of(workspace, each): Campaign(workspace, each) for each in kept.ids}
    state.prefetch(DAYS, campaigns)
    for key, campaign in campaigns.items():
        active = state.get(DAYS, key)
        if active is not None and active.days and active.days[-1] >= first // DAY:
            yield campaign


def _day_key(workspace: WorkspaceId, day: int) -> str:
    return key_of(workspace, day)
