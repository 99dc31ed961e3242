"""What a drill is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from deploy.kafka import Cluster as Brokers
from tests.faults._comparison import Difference, difference
from tests.faults._found import Found
from tests.faults._reference import Reference
from tests.system.outreach import Ended


@dataclass(frozen=True)
class Setting:
    """What a drill is to do, and with what."""

    name: str
    rounds: int
    """How many faults, at least."""
    seed: int
    folder: Path
    """The drill's own."""
    reference: Reference
    is_full: bool = False
    """Whether faults last as long as they would; else no longer than they have to."""
    brokers: Brokers | None = None
    """One broker that is there already, for drills that need one; without it they run their own."""

    def chance(self) -> Random:
        """Return chance: equal seeds, equal moments; another drill, other ones."""
        return Random(f"{self.seed} {self.name}")


@dataclass(frozen=True)
class Outcome:
    """What came of a drill."""

    rounds: int
    """How many faults there were, each proven to have struck in the middle of the work."""
    found: Iterable[Found]
    """One for each system that had faults."""


Drill = Callable[[Setting], Outcome]


@dataclass(frozen=True)
class Result:
    """A line of the table."""

    drill: str
    rounds: int
    events: int
    delivered_twice: int
    differences: list[Difference]
    cells: list[str]
    """Rate cells that `outreach reconcile` says to differ."""
    seconds: float

    @property
    def lost(self) -> int:
        """How many events are in no view."""
        return sum(each.lost for each in self.differences)

    @property
    def differing(self) -> int:
        """How many rows of views differ from those of a run without a fault."""
        return sum(each.count for each in self.differences)

    @property
    def is_sound(self) -> bool:
        """Whether everything is as if there had been no fault."""
        return self.lost == 0 and self.differing == 0 and not self.cells

    @property
    def complaint(self) -> str:
        """What is not sound."""
        return "\n".join([*map(str, self.differences), *self.cells]).strip()


def judged(setting: Setting, outcome: Outcome, seconds: float) -> Result:
    """Compare what was found with the run without a fault."""
    found = list(outcome.found)
    return Result(
        setting.name,
        outcome.rounds,
        setting.reference.events,
        sum(each.delivered_twice for each in found),
        [difference(each.views, setting.reference.views) for each in found],
        [_said(each.reconciled) for each in found if _said(each.reconciled)],
        seconds,
    )


def _said(reconciled: Ended) -> str:
    return "" if reconciled.status == 0 else reconciled.output + reconciled.messages
