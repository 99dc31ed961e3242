"""One drill, from its empty folder to its line of the table."""

from __future__ import annotations

import time

from tests.faults._drill import Result, Setting, judged
from tests.faults._registry import DRILLS, IN_TURN


def run(setting: Setting) -> Result:
    """Do a drill; raises AssertionError when its fault did not strike, or something hangs."""
    setting.folder.mkdir()
    began = time.monotonic()
    outcome = (DRILLS | IN_TURN)[setting.name](setting)
    assert outcome.rounds > 0, "no fault has struck"
    return judged(setting, outcome, time.monotonic() - began)
