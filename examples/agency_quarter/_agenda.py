"""What is still to happen, done in the order of time."""

from __future__ import annotations

import heapq
from collections.abc import Callable

Action = Callable[[int], None]
"""Something to do, given the moment at which it is done."""


class Agenda:
    """Actions by moment; of those at one moment, the first one noted is done first.

    >>> agenda, done = Agenda(ends=10), []
    >>> agenda.note(3, done.append); agenda.note(10, done.append)
    >>> agenda.note(1, lambda moment: agenda.note(moment + 1, done.append))
    >>> agenda.run(); done
    [2, 3]
    """

    def __init__(self, ends: int) -> None:
        self._ends = ends
        self._entries: list[tuple[int, int, Action]] = []
        self._noted = 0

    def note(self, moment: int, action: Action) -> None:
        """Plan an action; what falls on the end of the agenda or after it is never done."""
        if moment < self._ends:
            heapq.heappush(self._entries, (moment, self._noted, action))
            self._noted += 1

    def run(self) -> None:
        """Do everything, what is noted on the way included."""
        while self._entries:
            moment, _, action = heapq.heappop(self._entries)
            action(moment)
