"""`quiet_hours`: nobody is written to at night, by their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipeline.events import Milliseconds
from pipeline.policy import Limits
from pipeline.rules._moments import InConversation
from pipeline.rules._rule import OUTREACH_ONLY, Rule, RuleCode

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def check(limits: Limits, touch: InConversation) -> str | None:
    """Broken when the local wall clock stands in the quiet hours: from their start to their end."""
    quiet = limits.quiet_hours
    if quiet is None:
        return None
    start, end = quiet
    minute = local_minute(touch.facts.sent.occurred_at, touch.timezone)
    inside = start <= minute < end if start < end else minute >= start or minute < end
    if not inside:
        return None
    return f"{_clock(minute)} in {touch.timezone}; quiet from {_clock(start)} to {_clock(end)}"


def local_minute(at: Milliseconds, timezone: str) -> int:
    """Return the minute of the day, 0 to 1439, that a wall clock in the time zone shows.

    Daylight-saving changes come from the IANA database.

    >>> _clock(local_minute(Milliseconds(1_774_746_000_000), "Europe/Berlin"))
    '03:00'
    """
    local = (_EPOCH + timedelta(seconds=at // 1_000)).astimezone(_zone(timezone))
    return local.hour * 60 + local.minute


# ZoneInfo itself keeps only eight zones and reads the others from the disk again and again.
_zone = lru_cache(maxsize=1_024)(ZoneInfo)


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


RULE = Rule(RuleCode.QUIET_HOURS, OUTREACH_ONLY, check)
