"""The one process of an embedded system dies at each point of a commit."""

from __future__ import annotations

from itertools import count

from tests.faults._crash_points import crashes
from tests.faults._drill import Outcome, Setting
from tests.faults._embedded import EmbeddedSystem
from tests.faults._process import KILLED


def crash_embedded(setting: Setting) -> Outcome:
    """Have each agent die before, within and after a transaction, one process after the other."""
    to_come = crashes(setting.chance(), setting.rounds)
    reference = setting.reference
    rounds, found = 0, []
    for number in count():
        system = EmbeddedSystem(setting.folder / f"system {number}", reference.load)
        died_at: list[int] = []
        while to_come:
            with system.running(crash=to_come[-1]) as process:
                if process.ended() != KILLED:
                    # This agent had not so much left to commit.
                    assert process.is_well, process.said
                    break
            died_at.append(system.acknowledged)
            to_come.pop()
        found.append(system.finished())
        assert died_at or not to_come, f"a whole log has too little for this: {to_come[-1]}"
        rounds += sum(at < system.acknowledged for at in died_at)
        if not to_come:
            return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
