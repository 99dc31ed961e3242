"""The course of a campaign's risk: its risk at the end of each minute, in event time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Final, NamedTuple

from pipeline.campaigns import Campaign
from pipeline.keyed import KeyedState, key_of
from pipeline.risk._behaviour import BehaviourReader
from pipeline.risk._inquiry import Given
from pipeline.risk._risk import Risk, assess
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._state import (
    DAYS,
    HOURS,
    MINUTES,
    CampaignDays,
    HoursOfDay,
    Minute,
    MinutesOfHour,
    day_key,
    hour_key,
)

_HOURS_A_DAY: Final = DAY // HOUR


class RiskAt(NamedTuple):
    """The risk at the end of a minute."""

    minute: Minute
    risk: Risk


def course_of(
    state: KeyedState,
    campaign: Campaign,
    minutes: Iterable[Minute],
    given: Callable[[Minute], Given],
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> Iterator[RiskAt]:
    """Yield the risk at the end of each minute. May read the disk.

    Each is a function of what happened up to the end of its minute, in whatever order it was
    folded, and of what `given` says of the minute. While more of a minute may come, its risk is
    provisional: it counts, and is worked out again when more is there.
    """
    behaviour = BehaviourReader(state, campaign, settings)
    for minute in minutes:
        yield RiskAt(minute, assess(behaviour.at(minute), given(minute), settings))


def minutes_to_assess(
    state: KeyedState,
    campaign: Campaign,
    minutes: range,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> list[Minute]:
    """Return those of some minutes at which a risk may be another than just before.

    They are those in which something happened, the last minute of each hour as long as anything
    lies in the window, and the last of all. In between, a risk can only fall, as bursts and copies
    pass; it is seen at the end of the hour. May read the disk.
    """
    if not minutes:
        return []
    reach = settings.window + settings.patience + 2 * HOUR
    found = {minutes[-1]}
    for hour in _hours_with_something(state, campaign, minutes, reach):
        start = hour * HOUR
        if start + HOUR > minutes[0]:
            kept = state.get(MINUTES, hour_key(campaign, hour)) or MinutesOfHour()
            found.update(start + within for within in kept.minutes)
        first, last = max(start, minutes[0]), min(start + reach, minutes[-1])
        found.update(range(first - first % HOUR + HOUR - 1, last + 1, HOUR))
    return sorted(Minute(minute) for minute in found if minute in minutes)


def may_rise(
    state: KeyedState,
    campaign: Campaign,
    minutes: range,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> bool:
    """Return whether anything happens in some minutes that can make a risk rise.

    A campaign does something then, or patience ends with what it did before. May read the disk.
    """
    first, last = minutes[0] // HOUR, minutes[-1] // HOUR
    waited = settings.patience // HOUR
    return _is_active(state, campaign, range(first, last + 1)) or _is_active(
        state, campaign, range(first - waited, last - waited + 1)
    )


def _is_active(state: KeyedState, campaign: Campaign, hours: range) -> bool:
    by_day = groupby(hours, lambda hour: hour // _HOURS_A_DAY)
    return any(
        not (state.get(HOURS, day_key(campaign, day)) or HoursOfDay())
        .hours.keys()
        .isdisjoint(hour % _HOURS_A_DAY for hour in group)
        for day, group in by_day
    )


def _hours_with_something(
    state: KeyedState, campaign: Campaign, minutes: range, reach: int
) -> list[int]:
    kept = state.get(DAYS, key_of(*campaign)) or CampaignDays()
    days = [day for day in kept.days if (minutes[0] - reach) // DAY <= day <= minutes[-1] // DAY]
    keys = [day_key(campaign, day) for day in days]
    state.prefetch(HOURS, keys)
    hours = [
        day * _HOURS_A_DAY + within
        for day, key in zip(days, keys, strict=True)
        for within in (state.get(HOURS, key) or HoursOfDay()).hours
    ]
    state.prefetch(
        MINUTES, [hour_key(campaign, hour) for hour in hours if hour >= minutes[0] // HOUR]
    )
    return hours
