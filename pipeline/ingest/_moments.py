"""Moments as text and numbers, rounded down to the millisecond."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from pipeline.events import Milliseconds

EARLIEST = Milliseconds(0)
"""1970-01-01T00:00:00.000Z, the first moment that an event may have."""
LATEST = Milliseconds(10_413_791_999_999)
"""2299-12-31T23:59:59.999Z, the last one."""

_ISO_8601 = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d+))?)?"
    r"(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_USUAL_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:", re.ASCII)
_SECONDS = {f"{second:02}": second * 1000 for second in range(60)}
_FRACTIONS = {
    fraction + zone: milliseconds
    for zone in ("Z", "+00:00")
    for fraction, milliseconds in [("", 0), *((f".{n:03}", n) for n in range(1000))]
}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_HOURS_A_DAY = 24
_MINUTES_AN_HOUR = 60


def parse_moment(text: str) -> Milliseconds:
    """Read an ISO 8601 date and time with its zone; the extended and the basic form will do.

    Raises ValueError, whose text says what is wrong, when it is none, names no zone, or lies
    outside `EARLIEST` to `LATEST`.

    >>> parse_moment("2026-03-01T12:00:00.1239+01:00") == parse_moment("20260301T110000.123Z")
    True
    """
    fraction = _FRACTIONS.get(text[19:])
    second = _SECONDS.get(text[17:19])
    if fraction is None or second is None or _USUAL_MINUTE.fullmatch(text, 0, 17) is None:
        return within_range(_any_spelling(text))
    return Milliseconds(_minute(text[:17]) + second + fraction)


def moment_of_number(value: int | Decimal) -> Milliseconds:
    """Take epoch milliseconds, of which a fraction is rounded down.

    Raises ValueError when the moment lies outside `EARLIEST` to `LATEST`.
    """
    # Compared before it is rounded: 1e999999999 has too many digits to write out.
    if not EARLIEST <= value < LATEST + 1:
        raise ValueError(_OUT_OF_RANGE)
    return Milliseconds(math.floor(value))


def within_range(moment: int) -> Milliseconds:
    """Return the moment, or raise ValueError when no event may have it."""
    if not EARLIEST <= moment <= LATEST:
        raise ValueError(_OUT_OF_RANGE)
    return Milliseconds(moment)


_OUT_OF_RANGE = "lies outside 1970-01-01 to 2299-12-31; give the time at which it happened"
_UNREADABLE = (
    "is no ISO 8601 date and time; write it like 2026-03-01T12:00:00.000Z, or as epoch milliseconds"
)


@lru_cache(maxsize=8192)
def _minute(prefix: str) -> int:
    """Return the moment at which the minute of `2026-03-01T12:00:` begins, in UTC.

    Lines of a log stand near each other in time, so that most minutes are known already.
    """
    if _USUAL_MINUTE.fullmatch(prefix) is None:
        raise ValueError(_UNREADABLE)
    return within_range(_any_spelling(f"{prefix}00Z"))


def _any_spelling(text: str) -> int:
    found = _ISO_8601.fullmatch(text)
    if found is None:
        raise ValueError(_UNREADABLE)
    if found["zone"] is None:
        raise ValueError("names no time zone; end it with Z or an offset such as +02:00")
    year, month, day, hour, minute, second, fraction, zone = found.groups(default="0")
    try:
        whole = datetime(
            int(year), int(month), int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError as error:
        raise ValueError(f"is no moment of the calendar ({error})") from None
    seconds = (whole - _EPOCH) // _SECOND - _offset_seconds(zone)
    return seconds * 1000 + int(fraction[:3].ljust(3, "0"))


@lru_cache(maxsize=256)
def _offset_seconds(zone: str) -> int:
    if zone in "Zz":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[3:].lstrip(":") or 0)
    if hours >= _HOURS_A_DAY or minutes >= _MINUTES_AN_HOUR:
        raise ValueError(f"has the offset {zone}, which is none; it goes from -23:59 to +23:59")
    seconds = (hours * _MINUTES_AN_HOUR + minutes) * 60
    return -seconds if zone.startswith("-") else seconds
