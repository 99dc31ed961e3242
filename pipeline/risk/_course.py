"""The course of a campaign's risk: its risk at the end of each minute, in event time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.campaigns import Campaign
from pipeline.keyed import KeyedState
from pipeline.risk._behaviour import read_behaviour
from pipeline.risk._inquiry import Given
from pipeline.risk._risk import Risk, assess
from pipeline.risk._settings import DAY, DEFAULT_RISK_SETTINGS, HOUR, RiskSettings
from pipeline.risk._state import HOURS, MINUTES, Minute, day_key, hour_key


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
    for minute in minutes:
        behaviour = read_behaviour(state, campaign, minute, settings)
        yield RiskAt(minute, assess(behaviour, given(minute), settings))


def minutes_to_assess(
    state: KeyedState,
    campaign: Campaign,
    first: Minute,
    last: Minute,
    settings: RiskSettings = DEFAULT_RISK_SETTINGS,
) -> list[Minute]:
    """Return the minutes from `first` to `last` at which a risk may be another than just before.

    They are those in which something happened, the last minute of each hour as long as anything
    lies in the window, and `last`. In between, a risk can only fall, as bursts and copies pass; it
    is seen at the end of the hour. May read the disk.
    """
    hours = _hours_with_something(state, campaign, first, last, settings)
    minutes = {last}
    for hour in range(first // HOUR, last // HOUR + 1):
        place = bisect_left(hours, hour)
        if place < len(hours) and hours[place] == hour:
            kept = state.get(MINUTES, hour_key(campaign, hour))
            minutes.update(
                Minute(hour * HOUR + within) for within in (kept.minutes if kept else ())
            )
        reach = (settings.window + settings.patience) // HOUR + 1
        if bisect_left(hours, hour - reach) < bisect_left(hours, hour + 1):
            minutes.add(Minute(hour * HOUR + HOUR - 1))
    return sorted(minute for minute in minutes if first <= minute <= last)


def _hours_with_something(
    state: KeyedState, campaign: Campaign, first: int, last: int, settings: RiskSettings
) -> list[int]:
    start = (first - settings.window - settings.patience - HOUR) // DAY
    days = range(start, last // DAY + 1)
    keys = [day_key(campaign, day) for day in days]
    state.prefetch(HOURS, keys)
    return [
        day * (DAY // HOUR) + within
        for day, key in zip(days, keys, strict=True)
        if (kept := state.get(HOURS, key)) is not None
        for within in kept.hours
    ]
