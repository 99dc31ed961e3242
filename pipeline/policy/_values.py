"""How each kind of setting is written in a policy, and what it means.

Each `read_…` takes what TOML or JSON holds and raises ValueError, whose text says what is allowed;
its `write_…` is the one canonical way to write the value down.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from pipeline.events import Milliseconds

OFF = "off"
LARGEST_COUNT = 1_000_000_000
HIGHEST_RISK = 100
LONGEST_SPAN_DAYS = 3650

_UNITS = {"d": 86_400_000, "h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1}
_SPAN = re.compile(r"(?:\d{1,12}(?:ms|[dhms])\s*)+", re.ASCII)
_PART = re.compile(r"(\d+)(ms|[dhms])", re.ASCII)
_CLOCK = r"([01]\d|2[0-3]):([0-5]\d)"
_HOURS = re.compile(rf"{_CLOCK}\s*-\s*(?:{_CLOCK}|24:00)", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_LAST_YEAR = 2299


def read_count(value: object) -> int | None:
    """Return the number, or None for "off"."""
    if value == OFF:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST_COUNT:
        raise ValueError(f'a whole number from 0 to {LARGEST_COUNT}, or "{OFF}"')
    return value


def write_count(value: int | None) -> int | str:
    """Return the number, or "off"."""
    return OFF if value is None else value


def read_risk(value: object) -> int | None:
    """Return the spam risk, or None for "off"."""
    if value == OFF:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= HIGHEST_RISK:
        raise ValueError(f'a spam risk from 1 to {HIGHEST_RISK}, or "{OFF}"')
    return value


def read_span(value: object) -> int | None:
    """Return a span such as "72h" or "1d 12h" in milliseconds, or None for "off"."""
    if value == OFF:
        return None
    if isinstance(value, str) and _SPAN.fullmatch(value):
        span = sum(int(number) * _UNITS[unit] for number, unit in _PART.findall(value))
        if 0 < span <= LONGEST_SPAN_DAYS * _UNITS["d"]:
            return span
    raise ValueError(
        'a span with its units d, h, m, s or ms, such as "72h" or "1d 12h", '
        f'of at most {LONGEST_SPAN_DAYS} days, or "{OFF}"'
    )


def write_span(value: int | None) -> str:
    """Return the span in the greatest unit that it is a whole number of.

    >>> write_span(259_200_000), write_span(5_400_000), write_span(None)
    ('3d', '90m', 'off')
    """
    if value is None:
        return OFF
    unit = next(unit for unit, length in _UNITS.items() if value % length == 0)
    return f"{value // _UNITS[unit]}{unit}"


def read_hours(value: object) -> tuple[int, int] | None:
    """Return "21:00-08:00" as its two minutes of the day, or None for "off"."""
    if value == OFF:
        return None
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is not None:
        start_hour, start_minute, end_hour, end_minute = found.groups(default="0")
        start = int(start_hour) * 60 + int(start_minute)
        end = int(end_hour) * 60 + int(end_minute)
        if start != end:
            return start, end
    raise ValueError(
        f'two different times of the day, such as "21:00-08:00", or "{OFF}"',
    )


def write_hours(value: tuple[int, int] | None) -> str:
    """Return both minutes of the day as times, or "off"."""
    if value is None:
        return OFF
    return "-".join(f"{minute // 60:02}:{minute % 60:02}" for minute in value)


def read_switch(value: object) -> bool:
    """Return whether it is on."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in {"on", OFF}:
        raise ValueError(f'"on" or "{OFF}"')
    return value == "on"


def write_switch(value: bool) -> str:  # noqa: FBT001 - pydantic passes the value by position
    """Return "on" or "off"."""
    return "on" if value else OFF


def read_moment(value: object) -> Milliseconds:
    """Return a date and time with its offset as a moment, rounded down."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        moment = None
    if (
        not isinstance(moment, datetime)
        or moment.tzinfo is None
        or not _EPOCH.year <= moment.year <= _LAST_YEAR
        or moment < _EPOCH
    ):
        raise ValueError(
            "a date and time with its offset, such as 2026-03-01T00:00:00Z, "
            f"from {_EPOCH.year} to {_LAST_YEAR}"
        )
    return Milliseconds((moment - _EPOCH) // _MILLISECOND)


def write_moment(value: Milliseconds) -> str:
    """Return the moment in UTC.

    >>> write_moment(Milliseconds(1_772_323_200_000))
    '2026-03-01T00:00:00.000Z'
    """
    text = (_EPOCH + value * _MILLISECOND).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


Count = Annotated[int | None, PlainValidator(read_count), PlainSerializer(write_count)]
Risk = Annotated[int | None, PlainValidator(read_risk), PlainSerializer(write_count)]
Span = Annotated[int | None, PlainValidator(read_span), PlainSerializer(write_span)]
Hours = Annotated[tuple[int, int] | None, PlainValidator(read_hours), PlainSerializer(write_hours)]
Switch = Annotated[bool, PlainValidator(read_switch), PlainSerializer(write_switch)]
Moment = Annotated[Milliseconds, PlainValidator(read_moment), PlainSerializer(write_moment)]
