"""What the pauses of one campaign come to: a function of the set of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.events import Milliseconds
from pipeline.pauses._pause import Pause


class Interval(NamedTuple):
    """A time in which a campaign is paused."""

    start: Milliseconds
    """Its first moment."""
    end: Milliseconds | None
    """The first moment after it; None: it lasts."""


def in_force(pauses: Sequence[Pause], at: Milliseconds) -> Pause | None:
    """Return what was decided last at a moment, of pauses in their order; None before the first.

    Of several that begin at once it is the one of the greatest id.
    """
    place = bisect_right(pauses, at, key=_start)
    return pauses[place - 1] if place else None


def is_paused(pauses: Sequence[Pause], at: Milliseconds) -> bool:
    """Return whether a campaign with these pauses, in their order, is paused at a moment."""
    last = in_force(pauses, at)
    return last is not None and last.paused


def span_of(pauses: Sequence[Pause], pause: Pause) -> Interval:
    """Return for how long one of these, which are in their order, is the one in force.

    The time is empty where another one begins at the same moment and has a greater id.
    """
    place = pauses.index(pause) + 1
    return Interval(pause.at, pauses[place].at if place < len(pauses) else None)


def intervals(pauses: Sequence[Pause]) -> tuple[Interval, ...]:
    """Return the times in which a campaign with these pauses, in their order, is paused."""
    found: list[Interval] = []
    for pause in pauses:
        begun = found[-1] if found else None
        if pause.paused:
            if begun is None or (begun.end is not None and begun.end < pause.at):
                found.append(Interval(pause.at, None))
            else:
                found[-1] = Interval(begun.start, None)
        elif begun is not None and begun.end is None:
            found.pop()
            if begun.start < pause.at:
                found.append(Interval(begun.start, pause.at))
    return tuple(found)


def _start(pause: Pause) -> Milliseconds:
    return pause.at
