"""Fold what is said of touches into the sums of their campaigns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pipeline.campaigns import Campaign
from pipeline.keyed import KeyedState, key_of
from pipeline.risk._conduct import BrokenRules, Conduct, RiskUpdate
from pipeline.risk._counts import MINUTE, SEEN_LATE, counted
from pipeline.risk._ripeness import first_minute_to_see
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import (
    ACCOUNT_DAY,
    DAYS,
    HOURS,
    MINUTES,
    AccountDay,
    CampaignDays,
    HoursOfDay,
    Minute,
    MinutesOfHour,
    account_key,
    day_key,
    hour_key,
    name_of,
)

Key = TypeVar("Key", bound=int | str)
Edits = dict[Any, int]


def fold_risk(
    state: KeyedState,
    updates: Iterable[RiskUpdate],
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> dict[Campaign, Minute]:
    """Fold updates, and return from which minute on the course of each campaign may be another.

    What is added and taken back are sums: their order changes nothing, whoever speaks, nor how they
    are cut into batches. An update that says the same as before changes nothing; any other counts
    each time it is folded, so updates come here in the transaction of what caused them.
    """
    changes: dict[Campaign, _Changes] = defaultdict(lambda: _Changes(settings))
    for update in updates:
        if update.before != update.after:
            campaign = changes[update.campaign]
            if update.before is not None:
                campaign.add(update.before, -1)
            if update.after is not None:
                campaign.add(update.after, 1)
    return {
        campaign: affected
        for campaign, change in changes.items()
        if (affected := change.write(state, campaign)) is not None
    }


class _Changes:
    """What a batch changes of one campaign."""

    def __init__(self, settings: RiskSettings) -> None:
        self._settings = settings
        self._minutes: dict[int, Edits] = defaultdict(lambda: defaultdict(int))
        self._accounts: dict[str, Edits] = defaultdict(lambda: defaultdict(int))

    def add(self, facts: Conduct | BrokenRules, sign: int) -> None:
        for at, count, much in counted(facts, self._settings):
            self._minutes[at // MINUTE][count] += sign * much
        if isinstance(facts, Conduct):
            account = name_of(facts.platform, facts.account_id)
            self._accounts[account][facts.occurred_at // MINUTE] += sign

    def write(self, state: KeyedState, campaign: Campaign) -> Minute | None:
        minutes = {minute: _changed({}, edits) for minute, edits in self._minutes.items()}
        by_account = {name: _changed({}, edits) for name, edits in self._accounts.items()}
        _write_days(state, campaign, minutes)
        _write_hours(state, campaign, minutes, by_account)
        _write_accounts(state, campaign, by_account)
        seen = [self._seen(minute, edits) for minute, edits in minutes.items() if edits]
        seen += [min(edits) for edits in by_account.values() if edits]
        return Minute(min(seen)) if seen else None

    def _seen(self, minute: int, edits: Edits) -> int:
        """Return the minute from which on one sees that something changed in another."""
        if edits.keys() <= SEEN_LATE:
            return first_minute_to_see(minute // HOUR, self._settings)
        return minute


def _write_days(state: KeyedState, campaign: Campaign, minutes: Mapping[int, Edits]) -> None:
    days: dict[int, dict[int, Edits]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    for minute, edits in minutes.items():
        day, within = divmod(minute, DAY)
        sums = days[day][within // HOUR]
        for count, much in edits.items():
            sums[count] += much
    keys = {day: day_key(campaign, day) for day in days}
    state.prefetch(HOURS, keys.values())
    filled = {}
    for day, edits_by_hour in days.items():
        before = state.get(HOURS, keys[day]) or HoursOfDay()
        after = HoursOfDay(_all_changed(before.hours, edits_by_hour))
        if after.hours:
            state.put(HOURS, keys[day], after)
        else:
            state.delete(HOURS, keys[day])
        filled[day] = bool(after.hours)
    _write_index(state, campaign, filled)


def _write_index(state: KeyedState, campaign: Campaign, filled: Mapping[int, bool]) -> None:
    key = key_of(*campaign)
    before = state.get(DAYS, key) or CampaignDays()
    kept = {*before.days, *filled} - {day for day, is_filled in filled.items() if not is_filled}
    after = CampaignDays(tuple(sorted(kept)))
    if not after.days:
        state.delete(DAYS, key)
    elif after != before:
        state.put(DAYS, key, after)


def _write_hours(
    state: KeyedState,
    campaign: Campaign,
    minutes: Mapping[int, Edits],
    by_account: Mapping[str, Edits],
) -> None:
    hours: dict[int, dict[int, Edits]] = defaultdict(dict)
    accounts: dict[int, dict[str, Edits]] = defaultdict(lambda: defaultdict(dict))
    for minute, edits in minutes.items():
        hours[minute // HOUR][minute % HOUR] = edits
    for name, touches in by_account.items():
        for minute, much in touches.items():
            accounts[minute // HOUR][name][minute % HOUR] = much
    keys = {hour: hour_key(campaign, hour) for hour in hours.keys() | accounts.keys()}
    state.prefetch(MINUTES, keys.values())
    for hour, key in keys.items():
        before = state.get(MINUTES, key) or MinutesOfHour()
        after = MinutesOfHour(
            _all_changed(before.minutes, hours.get(hour, {})),
            _all_changed(before.accounts, accounts.get(hour, {})),
        )
        if after.minutes or after.accounts:
            state.put(MINUTES, key, after)
        else:
            state.delete(MINUTES, key)


def _write_accounts(state: KeyedState, campaign: Campaign, by_account: Mapping[str, Edits]) -> None:
    days: dict[str, Edits] = defaultdict(lambda: defaultdict(int))
    for name, touches in by_account.items():
        for minute, much in touches.items():
            day, within = divmod(minute, DAY)
            days[account_key(campaign, name, day)][within // HOUR] += much
    state.prefetch(ACCOUNT_DAY, days)
    for key, edits in days.items():
        before = state.get(ACCOUNT_DAY, key) or AccountDay()
        after = AccountDay(_changed(before.hours, edits))
        if after.hours:
            state.put(ACCOUNT_DAY, key, after)
        else:
            state.delete(ACCOUNT_DAY, key)


def _all_changed(
    before: Mapping[Key, Mapping[Any, int]], edits: Mapping[Key, Edits]
) -> dict[Key, dict[Any, int]]:
    after = {place: dict(sums) for place, sums in before.items() if place not in edits}
    for place, changes in edits.items():
        sums = _changed(before.get(place, {}), changes)
        if sums:
            after[place] = sums
    return dict(sorted(after.items()))


def _changed(before: Mapping[Key, int], edits: Mapping[Key, int]) -> dict[Key, int]:
    """Return sums with edits added, in the order of their keys; a sum of 0 is left out."""
    after = dict(before)
    for key, much in edits.items():
        after[key] = after.get(key, 0) + much
    return {key: after[key] for key in sorted(after) if after[key]}
