"""What one can set about the behaviour that is looked at. Times are in minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from pipeline.risk._alert_settings import DEFAULT_ALERT_SETTINGS, AlertSettings
from pipeline.risk._spans import DAY, HOUR
from pipeline.risk._weights import Weights, shipped_weights


@dataclass(frozen=True, slots=True)
class RiskSettings:
    """How far back one looks, and from how much on. All are the house's own choice.

    Raises ValueError for what cannot be.
    """

    window: int = 7 * DAY
    """Shares are those of so long a time, in whole hours: a week has every kind of day in it."""
    patience: int = 3 * DAY
    """An attempt that is not answered within it counts as unanswered; the shipped `min_gap` waits
    as long before a follow-up. Changing it asks for a rebuild."""
    rhythm: int = 7 * DAY
    """An account's own rhythm is that of so long a time, in whole hours, before the last day."""
    usual_touches: int = 20
    """So many touches of an account in an hour are no burst, whatever its rhythm: one in three
    minutes can still be written by hand."""
    hindsight: int = 7 * DAY
    """So far back late messages let alerts begin or say more. Nobody wants to hear of older."""
    ahead: int = 5
    """So far ahead of ours the clocks of senders may be. What claims to be later is looked at with
    what comes in its time: else one wrong date would make everything a thing of the past."""
    fewest: int = 11
    """A share of fewer says nothing: of ten it may well be chance."""
    weights: Weights = field(default_factory=shipped_weights)
    """What each signal weighs; see `weights_of`."""
    alerts: AlertSettings = DEFAULT_ALERT_SETTINGS

    def __post_init__(self) -> None:
        for name in ("window", "patience", "rhythm"):
            if getattr(self, name) <= 0 or getattr(self, name) % HOUR:
                raise ValueError(f"{name} must be whole hours, not {getattr(self, name)!r} minutes")
        for name in ("usual_touches", "fewest"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be 1 or more, not {getattr(self, name)!r}")


DEFAULT_RISK_SETTINGS: Final = RiskSettings()
