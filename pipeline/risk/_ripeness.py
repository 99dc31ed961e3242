"""When one's patience with an attempt ends: until then, nobody holds it against it."""

from __future__ import annotations

from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._spans import HOUR
from pipeline.risk._state import Minute


def last_ripe_hour(minute: Minute, settings: RiskSettings = DEFAULT_RISK_SETTINGS) -> int:
    """Return the last hour with whose attempts patience has ended at the end of a minute."""
    return (minute + 1 - settings.patience) // HOUR - 1


def first_minute_to_see(hour: int, settings: RiskSettings = DEFAULT_RISK_SETTINGS) -> Minute:
    """Return the first minute of which an hour is ripe.

    >>> first_minute_to_see(last_ripe_hour(Minute(100_079)))
    100079
    """
    return Minute((hour + 1) * HOUR + settings.patience - 1)
