"""Where processes are to die."""

from __future__ import annotations

from random import Random

from tests.faults._plan import Crash, Point

_AGENTS = ("conversations", "creators", "campaigns", "warehouse")
_LATEST_COMMIT = 2


def crashes(chance: Random, rounds: int) -> list[Crash]:
    """Return so many crashes, in which every point of every agent comes before any comes again.

    They are in an order of their own, and each in one of the first commits of its process.
    """
    points = [(agent, point) for agent in _AGENTS for point in Point]
    chosen: list[Crash] = []
    while len(chosen) < rounds:
        chosen += [
            Crash(agent, point, chance.randint(1, _LATEST_COMMIT))
            for agent, point in chance.sample(points, len(points))
        ]
    return chosen[:rounds]
