"""What a campaign does, as one minute sees it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.campaigns import Campaign
from pipeline.keyed import KeyedState
from pipeline.risk._counts import SEEN_LATE, Count, Tally
from pipeline.risk._ripeness import last_ripe_hour
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._share import Share
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import (
    ACCOUNT_DAY,
    HOURS,
    MINUTES,
    HoursOfDay,
    Minute,
    MinutesOfHour,
    account_key,
    day_key,
    hour_key,
)

_HOURS_A_DAY = DAY // HOUR
_NO_HOURS = HoursOfDay()
_NO_MINUTES = MinutesOfHour()


class Pace(NamedTuple):
    """How an account sends, in this campaign."""

    account: str
    """Its platform and id."""
    touches: int
    """In the last hour."""
    busiest: int
    """In the busiest hour of its rhythm."""


class Behaviour(NamedTuple):
    """Counts of what a campaign did up to the end of a minute. Nothing later changes them."""

    minute: Minute
    recent: Tally
    """In the window that ends with the minute; of answers, nothing is known of it yet."""
    ripe: Tally
    """Of as long a time, that ended so long ago that answers to its attempts are in."""
    paces: tuple[Pace, ...]
    """Of the accounts that sent more than is usual for any, by name."""

    def of_touches(self, count: Count) -> Share:
        """Return how many there are of something among the recent touches."""
        return Share(self.recent.get(count, 0), self.recent.get(Count.TOUCHES, 0))

    def of_attempts(self, count: Count) -> Share:
        """Return how many there are of something among the recent attempts."""
        return Share(self.recent.get(count, 0), self.recent.get(Count.ATTEMPTS, 0))

    @property
    def answered(self) -> Share:
        """Return how many attempts were answered, of those with which one's patience has ended."""
        return Share(self.ripe.get(Count.ANSWERED, 0), self.ripe.get(Count.ATTEMPTS, 0))


def read_behaviour(
    state: KeyedState,
    campaign: Campaign,
    minute: Minute,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> Behaviour:
    """Return what a campaign did up to the end of a minute. May read the disk."""
    return BehaviourReader(state, campaign, settings).at(minute)


class BehaviourReader:
    """Reads what one campaign did, minute by minute, as long as no more of it is folded.

    Windows are many days long, and move by hours: what whole days add up to is remembered.
    """

    def __init__(self, state: KeyedState, campaign: Campaign, settings: RiskSettings) -> None:
        self._state = state
        self._campaign = campaign
        self._settings = settings
        self._days: dict[int, tuple[HoursOfDay, Tally]] = {}

    def at(self, minute: Minute) -> Behaviour:
        """Return what it did up to the end of a minute. May read the disk."""
        # All that slides moves with the last minute of an hour, so that it moves at one moment.
        ended = (minute + 1) // HOUR
        length = self._settings.window // HOUR
        last_ripe = last_ripe_hour(minute, self._settings)
        hour = minute // HOUR
        now = self._state.get(MINUTES, hour_key(self._campaign, hour)) or _NO_MINUTES
        recent = self._sums(range(ended - length, ended))
        if hour == ended:
            recent += [sums for within, sums in now.minutes.items() if within <= minute % HOUR]
        known = _added(recent)
        for count in SEEN_LATE:
            known.pop(count, None)
        ripe = _added(self._sums(range(last_ripe - length + 1, last_ripe + 1)))
        paces = _paces(self._state, self._campaign, minute, now, self._settings)
        return Behaviour(minute, known, ripe, paces)

    def _sums(self, hours: range) -> list[Tally]:
        """Return what adds up to some hours: as few tallies as possible."""
        tallies: list[Tally] = []
        for day in range(hours.start // _HOURS_A_DAY, (hours.stop - 1) // _HOURS_A_DAY + 1):
            kept, total = self._day(day)
            start = day * _HOURS_A_DAY
            if hours.start <= start and start + _HOURS_A_DAY <= hours.stop:
                tallies.append(total)
            else:
                tallies += [sums for at, sums in kept.hours.items() if start + at in hours]
        return tallies

    def _day(self, day: int) -> tuple[HoursOfDay, Tally]:
        found = self._days.get(day)
        if found is None:
            kept = self._state.get(HOURS, day_key(self._campaign, day)) or _NO_HOURS
            found = self._days[day] = kept, _added(kept.hours.values())
        return found


def _added(tallies: Iterable[Tally]) -> dict[Count, int]:
    total: dict[Count, int] = {}
    for tally in tallies:
        for count, much in tally.items():
            total[count] = total.get(count, 0) + much
    return total


def _paces(
    state: KeyedState,
    campaign: Campaign,
    minute: Minute,
    now: MinutesOfHour,
    settings: RiskSettings,
) -> tuple[Pace, ...]:
    hour = minute // HOUR
    before = state.get(MINUTES, hour_key(campaign, hour - 1)) or _NO_MINUTES
    sent: dict[str, int] = {}
    for start, accounts in ((hour - 1, before.accounts), (hour, now.accounts)):
        for account, touches in accounts.items():
            for within, much in touches.items():
                if minute - HOUR < start * HOUR + within <= minute:
                    sent[account] = sent.get(account, 0) + much
    # Few accounts ever send so much, and only their days are read.
    return tuple(
        Pace(account, touches, _busiest_hour(state, campaign, account, minute, settings))
        for account, touches in sorted(sent.items())
        if touches > settings.usual_touches
    )


def _busiest_hour(
    state: KeyedState, campaign: Campaign, account: str, minute: Minute, settings: RiskSettings
) -> int:
    """Return the most in an hour of an account; what it did in the last day is no rhythm yet."""
    last = (minute + 1 - DAY) // HOUR - 1
    first = last - settings.rhythm // HOUR + 1
    days = range(first // (DAY // HOUR), last // (DAY // HOUR) + 1)
    keys = [account_key(campaign, account, day) for day in days]
    state.prefetch(ACCOUNT_DAY, keys)
    return max(
        (
            much
            for day, key in zip(days, keys, strict=True)
            if (kept := state.get(ACCOUNT_DAY, key)) is not None
            for within, much in kept.hours.items()
            if first <= day * (DAY // HOUR) + within <= last
        ),
        default=0,
    )
