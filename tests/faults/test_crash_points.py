from __future__ import annotations

from itertools import product
from random import Random

from tests.faults._crash_points import AGENTS, crashes
from tests.faults._plan import Point


def test_every_point_of_every_agent_comes_before_any_comes_again() -> None:
    """Twice over, for twice as many."""
    every = set(product(AGENTS, Point))
    chosen = [(crash.agent, crash.point) for crash in crashes(Random(1), 2 * len(every))]
    assert set(chosen[: len(every)]) == set(chosen[len(every) :]) == every


def test_the_points_take_turns() -> None:
    """However few crashes there are, they meet as many points as they can."""
    chosen = [crash.point for crash in crashes(Random(1), 9)]
    assert [set(chosen[start : start + 3]) for start in range(0, 9, 3)] == [set(Point)] * 3


def test_chance_decides_which_they_are() -> None:
    """Equal seeds, equal crashes; other seeds, other ones."""
    assert crashes(Random(1), 3) == crashes(Random(1), 3) != crashes(Random(2), 3)
