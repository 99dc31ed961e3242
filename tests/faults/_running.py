"""One drill, from its empty folder to its line of the table."""

from __future__ import annotations

import time
from pathlib import Path

from tests.faults._drill import Result, Setting, judged
from tests.faults._reference import Reference
from tests.faults._registry import DRILLS


def run(
    name: str, folder: Path, reference: Reference, seed: int, rounds: int, *, is_full: bool = False
) -> Result:
    """Do a drill; raises AssertionError when its fault did not strike, or something hangs."""
    folder.mkdir()
    setting = Setting(name, rounds, seed, folder, reference, is_full)
    began = time.monotonic()
    outcome = DRILLS[name](setting)
    assert outcome.rounds > 0, "no fault has struck"
    return judged(setting, outcome, time.monotonic() - began)
