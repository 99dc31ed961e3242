"""How long it takes from the message that tips a campaign to the socket of whoever is on call.

    python -m tests.benchmarks.alerts [ROUNDS]

Starts `outreach up` again and again on one folder, brings in a campaign that turns into spam, waits
until a web server has the notice, and prints how long that took: in peace, and with the process
killed with SIGKILL at each moment on the way and started again at once. The start is part of the
time, which is to stay below 60 s.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from tests.faults._telling import MOMENTS, Moment, TellingSystem
from tests.system._on_call import on_call


def main() -> None:
    """Measure each moment so many times."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    table = Table("killed", "rounds", "median s", "longest s", box=None)
    with tempfile.TemporaryDirectory() as name, on_call() as somebody:
        system = TellingSystem(Path(name) / "system", somebody)
        system.alarm()
        cases: tuple[Moment | None, ...] = (None, *MOMENTS)
        for moment in cases:
            seconds = [system.alarm(moment) for _ in range(rounds)]
            what = "not at all" if moment is None else str(moment)
            table.add_row(what, str(rounds), f"{median(seconds):.1f}", f"{max(seconds):.1f}")
        system.check()
    Console().print(table)


if __name__ == "__main__":
    main()
