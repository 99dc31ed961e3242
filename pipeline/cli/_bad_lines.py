"""Lines that went to the dead letters, as every command that loads files prints them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from pipeline.cli._installation import Installation

_SHOWN = 10


@dataclass(slots=True)
class BadLines:
    """How many there are, and the first of them in words."""

    count: int = 0
    shown: list[str] = field(default_factory=list)

    def add(self, source: str, count: int, rejected: Iterable[tuple[int, str, str]]) -> None:
        """Count those of a source; of the first at least: their line, field and reason."""
        self.count += count
        for line, name, reason in islice(rejected, _SHOWN - len(self.shown)):
            what = f"{name} {reason}" if name else reason
            self.shown.append(f"{source}:{line}: {what}")

    def print(self, installation: Installation) -> None:
        """Print the first, and how many there are; nothing where there are none."""
        if not self.count:
            return
        say = installation.messages.print
        for line in self.shown:
            say(line, markup=False, highlight=False, style="yellow", soft_wrap=True)
        say(
            f"{self.count:,} bad lines are in the dead letters; see `outreach dead-letters list`.",
            style="yellow",
            soft_wrap=True,
        )
