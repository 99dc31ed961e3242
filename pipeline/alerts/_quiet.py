"""Hours in which people sleep, by their own clock."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from pipeline.events import Milliseconds

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)
_DAY: Final = timedelta(days=1)


class Quiet(msgspec.Struct, frozen=True):
    """A quiet period of each day."""

    start: int
    """The minute of the local day with which it begins, from 0 to 1439."""
    end: int
    """The minute before which it ends; where it is the smaller one, that is the next day's."""
    timezone: str
    """IANA."""
    unless_at_least: int = 101
    """The risk that is told all the same; more than 100: none."""

    def ends(self, now: Milliseconds) -> Milliseconds:
        """Return when the quiet period ends that the moment falls in; now if it falls in none.

        >>> night = Quiet(22 * 60, 7 * 60, "Europe/Berlin")
        >>> evening = Milliseconds(1_795_556_040_000)  # 2026-11-24T21:34:00Z
        >>> night.ends(evening) - evening == (8 * 60 + 26) * 60_000
        True
        """
        local = (_EPOCH + now * _MILLISECOND).astimezone(_zone(self.timezone))
        minute = local.hour * 60 + local.minute
        over_midnight = self.start > self.end
        if over_midnight:
            inside = minute >= self.start or minute < self.end
        else:
            inside = self.start <= minute < self.end
        if not inside:
            return now
        day = local.date() + _DAY if over_midnight and minute >= self.start else local.date()
        end = datetime.combine(day, time(self.end // 60, self.end % 60), local.tzinfo)
        # An end that the wall clock shows twice may be the one that has passed.
        return Milliseconds(max((end - _EPOCH) // _MILLISECOND, now + 1))


# ZoneInfo itself keeps only eight zones and reads the others from the disk again and again.
_zone = lru_cache(maxsize=256)(ZoneInfo)
