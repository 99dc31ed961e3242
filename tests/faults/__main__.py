"""Run the drills, and print what came of each.

    python -m tests.faults [--seed N] [--drill NAME]… [--rounds N] [--events N]

Without a seed it draws one and prints it: with that, the same log is made and the same moments are
chosen. Ends with 1 if a number differs from that of a run without a fault, or a fault did not
strike.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from rich.console import Console

from tests.faults._drill import Setting
from tests.faults._full_disk import may_mount
from tests.faults._reference import reference
from tests.faults._registry import DRILLS, MOUNTING
from tests.faults._running import run
from tests.faults._table import table

_EVENTS = 20_000
_ROUNDS = 30


def main() -> None:
    """Do what the command line says."""
    chosen = _arguments()
    seed = random.SystemRandom().randrange(1_000_000) if chosen.seed is None else chosen.seed
    console = Console()
    console.print(f"SEED={seed} ROUNDS={chosen.rounds} EVENTS={chosen.events}", highlight=False)
    with tempfile.TemporaryDirectory(prefix="drills-") as name:
        folder = Path(name)
        compared = reference(folder, seed, chosen.events)
        results, broken = [], []
        for drill in chosen.drill or _possible(console):
            with console.status(drill):
                setting = Setting(
                    drill, chosen.rounds, seed, folder / drill, compared, is_full=True
                )
                try:
                    result = run(setting)
                except Exception as error:  # noqa: BLE001 - the others have their turn all the same
                    broken.append(f"{drill} broke off: {type(error).__name__}: {error}")
                    continue
            results.append(result)
            console.print(
                f"{drill}: {'sound' if result.is_sound else 'NOT SOUND'}", highlight=False
            )
    console.print(table(results))
    complaints = [f"{each.drill}:\n{each.complaint}" for each in results if not each.is_sound]
    for complaint in [*complaints, *broken]:
        console.print(complaint, markup=False, highlight=False, soft_wrap=True)
    sys.exit(1 if complaints or broken else 0)


def _possible(console: Console) -> list[str]:
    """Return all drills but those that this machine forbids, which it names."""
    if may_mount():
        return list(DRILLS)
    console.print(f"Left out, as nothing can be mounted here: {', '.join(MOUNTING)}")
    return [drill for drill in DRILLS if drill not in MOUNTING]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make drills", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int)
    parser.add_argument("--drill", action="append", choices=list(DRILLS))
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--events", type=int, default=_EVENTS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
