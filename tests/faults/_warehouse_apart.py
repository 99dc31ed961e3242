"""An embedded log whose agents write to a warehouse elsewhere, which is away at times."""

from __future__ import annotations

import os
from collections.abc import Callable
from itertools import count
from random import Random

from tests.faults._drill import Outcome, Setting
from tests.faults._embedded import EmbeddedSystem
from tests.faults._found import Found
from tests.faults._process import Process
from tests.faults._warehouse import Warehouse, warehouse
from tests.system.outreach import outreach

NOT_TAKEN = "The warehouse did not take"
"""What the warehouse agent says of each write that failed."""

Fault = Callable[[Warehouse, Process, Random], bool]
"""Lets something happen to the warehouse, and mends it once the process has felt it.

Returns False if the process ended before that.
"""


def with_faults(setting: Setting, *faults: Fault) -> Outcome:
    """Have faults in turn, as many as asked, at random moments; each in the middle of the work.

    A system has as many of them as there is time for until its log is processed.
    """
    chance = setting.chance()
    rounds, found = 0, []
    for number in count():
        folder = setting.folder / f"system {number}"
        system = EmbeddedSystem(folder, setting.reference.load)
        with warehouse(folder / "warehouse") as away:
            struck_at: list[int] = []
            with system.running(warehouse=away.behind_proxy) as process:
                while rounds + len(struck_at) < setting.rounds:
                    left = max(setting.reference.acknowledged - process.acknowledged, 2)
                    moment = process.acknowledged + chance.randrange(left // 2)
                    fault = faults[(rounds + len(struck_at)) % len(faults)]
                    if not (process.reaches(moment) and fault(away, process, chance)):
                        break
                    struck_at.append(process.acknowledged)
                process.ended()
                assert process.is_well, process.said
            rounds += sum(at < system.acknowledged for at in struck_at)
            reconciled = outreach("reconcile", environment=os.environ | away.environment)
            found.append(Found(away.views(), reconciled, system.delivered_twice))
        if rounds >= setting.rounds:
            return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
