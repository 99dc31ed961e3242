"""One part of the report: a table, what it shows of the goals, and notes."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation._figures import Figure

Cell = Figure | str | int | None


@dataclass(frozen=True)
class Goal:
    """A promise about one figure."""

    of: str
    """What it is promised of, in words."""
    figure: Figure | None
    """None where there was nothing to measure it on, which no promise holds of."""
    least: float

    @property
    def is_met(self) -> bool:
        """Say whether the figure itself, not its interval, reaches what was promised."""
        return self.figure is not None and self.figure.value >= self.least

    def __str__(self) -> str:
        got = "nothing to measure" if self.figure is None else f"{self.figure.value:.3f}"
        return f"{self.of} {got} < {self.least:.2f}"


@dataclass(frozen=True)
class Section:
    """A table of figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[Goal, ...]:
        """Return the goals that are not met."""
        return tuple(goal for goal in self.goals if not goal.is_met)
