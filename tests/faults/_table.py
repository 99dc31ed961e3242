"""What came of drills, for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table

from tests.faults._drill import Result

_NUMBERS = ("rounds", "events", "twice", "lost", "differ", "cells", "seconds")


def table(results: Sequence[Result]) -> Table:
    """Return a table with a line for each drill; what is not sound is red.

    `twice`: deliveries of records to agents that were not the first. `lost`: events in no view.
    `differ`: rows of views that are not as without a fault. `cells`: those that
    `outreach reconcile` complains of.
    """
    made = Table(box=None, padding=(0, 1, 0, 0))
    made.add_column("drill", no_wrap=True)
    for name in _NUMBERS:
        made.add_column(name, justify="right")
    for result in results:
        made.add_row(
            result.drill,
            f"{result.rounds:,}",
            f"{result.events:,}",
            f"{result.delivered_twice:,}",
            f"{result.lost:,}",
            f"{result.differing:,}",
            f"{len(result.cells):,}",
            f"{result.seconds:.0f}",
            style=None if result.is_sound else "red",
        )
    return made
