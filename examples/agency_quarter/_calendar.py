"""The quarter, and what the clock on somebody's wall shows.

A moment is a count of milliseconds since 1970-01-01T00:00:00Z. A zone is no more than an offset
here: the zones of the log were chosen to have no clock change within the quarter, which keeps the
log independent of the time zone database of the machine that makes it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from examples.agency_quarter._chance import Chance

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH_WEEKDAY = 3
_SATURDAY = 5
_OFFICE_OPENS = 8
_OFFICE_CLOSES = 19
_BED_TIME = 23
_GETTING_UP = 7


def midnight(day: date) -> int:
    """Return the moment at which the day begins in UTC.

    >>> midnight(date(1970, 1, 2))
    86400000
    """
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * SECOND


QUARTER_STARTS = midnight(date(2026, 7, 1))
QUARTER_ENDS = midnight(date(2026, 10, 1))


def wall_clock(moment: int, offset_minutes: int) -> tuple[int, int]:
    """Return the weekday (Monday is 0) and the hour on a clock so far east of UTC.

    >>> wall_clock(midnight(date(2026, 7, 1)), -60)
    (1, 23)
    """
    days, rest = divmod(moment + offset_minutes * MINUTE, DAY)
    return (days + _EPOCH_WEEKDAY) % 7, rest // HOUR


def in_office_hours(moment: int, offset_minutes: int, chance: Chance) -> int:
    """Return the moment itself, or else one on the next working morning of that clock."""
    weekday, hour = wall_clock(moment, offset_minutes)
    if weekday < _SATURDAY and _OFFICE_OPENS <= hour < _OFFICE_CLOSES:
        return moment
    while not (weekday < _SATURDAY and hour == _OFFICE_OPENS + 1):
        moment += HOUR
        weekday, hour = wall_clock(moment, offset_minutes)
    return _within_the_hour(moment, chance) + chance.between(0, 2) * HOUR


def awake(moment: int, offset_minutes: int, chance: Chance) -> int:
    """Return the moment itself, or else one after getting up on that clock."""
    _, hour = wall_clock(moment, offset_minutes)
    if _GETTING_UP <= hour < _BED_TIME:
        return moment
    while hour != _GETTING_UP:
        moment += HOUR
        _, hour = wall_clock(moment, offset_minutes)
    return _within_the_hour(moment, chance) + chance.between(0, 3) * HOUR


def _within_the_hour(moment: int, chance: Chance) -> int:
    return moment - moment % (30 * MINUTE) + chance.between(0, 30 * MINUTE - 1)
