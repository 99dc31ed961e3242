"""Find the newest minute in which a campaign did anything."""

from __future__ import annotations

from pipeline.campaigns import Campaign
from pipeline.keyed import KeyedState, key_of
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


def newest_minute(state: KeyedState, campaign: Campaign, until: Minute) -> Minute | None:
    """Return the last minute, up to one, in which anything happened. May read the disk.

    A function of what was folded, so that the risk at this minute is one, too; None if there is
    nothing.
    """
    kept = state.get(DAYS, key_of(*campaign)) or CampaignDays()
    for day in reversed(kept.days):
        if day * DAY > until:
            continue
        hours = (state.get(HOURS, day_key(campaign, day)) or HoursOfDay()).hours
        for within in sorted(hours, reverse=True):
            start = day * DAY + within * HOUR
            sums = state.get(MINUTES, hour_key(campaign, start // HOUR)) or MinutesOfHour()
            past = [start + each for each in sums.minutes if start + each <= until]
            if past:
                return Minute(max(past))
    return None
