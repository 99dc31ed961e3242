"""The one process of an embedded system is killed, again and again."""

from __future__ import annotations

from itertools import count

from tests.faults._drill import Outcome, Setting
from tests.faults._embedded import EmbeddedSystem


def kill_embedded(setting: Setting) -> Outcome:
    """Kill it when so many records are committed, wherever the rest of it is at that moment.

    A kill counts if something was committed in that process before it, and something after it.
    """
    chance, reference = setting.chance(), setting.reference
    rounds, found = 0, []
    for number in count():
        system = EmbeddedSystem(setting.folder / f"system {number}", reference.load)
        killed_at: list[int] = []
        while rounds + len(killed_at) < setting.rounds:
            before = system.acknowledged
            left = max(reference.acknowledged - before, 1)
            with system.running() as process:
                if not process.reaches(chance.randint(1, left)):
                    assert process.is_well, process.said
                    break
                process.kill()
            killed_at.append(system.acknowledged)
        found.append(system.finished())
        rounds += sum(at < system.acknowledged for at in killed_at)
        if rounds >= setting.rounds:
            return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
