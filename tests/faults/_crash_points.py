"""Where processes are to die."""

from __future__ import annotations

from itertools import chain
from random import Random

from tests.faults._plan import Crash, Point

AGENTS = ("conversations", "creators", "campaigns", "warehouse")
_LATEST_COMMIT = 2


def crashes(chance: Random, rounds: int) -> list[Crash]:
    """Return so many crashes, in which every point of every agent comes before any comes again.

    They are in an order of their own in which the points take turns, and each in one of the first
    commits of its process.
    """
    chosen: list[Crash] = []
    while len(chosen) < rounds:
        points = [
            [(agent, point) for agent in chance.sample(AGENTS, len(AGENTS))] for point in Point
        ]
        chosen += [
            Crash(agent, point, chance.randint(1, _LATEST_COMMIT))
            for agent, point in chain.from_iterable(zip(*points, strict=True))
        ]
    return chosen[:rounds]
