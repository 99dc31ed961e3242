"""What one can set about alerts. Times are in minutes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Self

from pipeline.risk._spans import DAY, HOUR


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """From where on a campaign is a case for people, and when it is none any more.

    All are the house's own choice. Raises ValueError for what cannot be.
    """

    alert_at: int = 60
    """An alert opens as soon as the risk is so high: nobody waits who could still stop it."""
    resolve_at: int = 40
    """It resolves when the risk has stayed below this; between the two nothing happens."""
    resolve_after: int = 30
    """For so long it stays below."""
    bands: tuple[int, ...] = (80, 95)
    """People are told again when the risk first reaches one of them."""
    material: float = 15.0
    """And when a signal of which they were not told would bring the risk to so much alone."""
    update_after: int = HOUR
    """But of a signal no sooner than so long after they were told of anything: when a campaign tips
    over, everything grows at once."""
    same_case: int = DAY
    """Late messages that let a case begin earlier, by up to so long, make it no other case. Copies
    are looked for over as long a time."""

    def __post_init__(self) -> None:
        if not 0 < self.resolve_at <= self.alert_at <= 100:  # noqa: PLR2004 - the highest risk
            raise ValueError(
                "0 < resolve_at <= alert_at <= 100 must hold, "
                f"not with {self.resolve_at!r} and {self.alert_at!r}"
            )
        for name in ("resolve_after", "material", "update_after", "same_case"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must be 0 or more, not {getattr(self, name)!r}")

    def telling_of_pauses(self, pause_at: int | None) -> Self:
        """Return these, with an alert or an update for each campaign that its risk pauses.

        >>> settings = AlertSettings().telling_of_pauses(50)
        >>> settings.alert_at, settings.bands
        (50, (50, 80, 95))
        """
        if pause_at is None or pause_at in self.bands:
            return self
        alert_at = min(self.alert_at, pause_at)
        return replace(
            self,
            alert_at=alert_at,
            resolve_at=min(self.resolve_at, alert_at),
            bands=tuple(sorted({*self.bands, pause_at})),
        )

    def band_of(self, score: int) -> int:
        """Return how many of the bands a risk reaches.

        >>> AlertSettings().band_of(79), AlertSettings().band_of(80), AlertSettings().band_of(100)
        (0, 1, 2)
        """
        return sum(score >= band for band in self.bands)


DEFAULT_ALERT_SETTINGS: Final = AlertSettings()
