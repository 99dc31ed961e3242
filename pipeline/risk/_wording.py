"""How numbers, shares and times are said to people."""

from __future__ import annotations

from typing import Final

from pipeline.events import Milliseconds
from pipeline.risk._share import Share

_UNITS: Final = ((86_400_000, "day"), (3_600_000, "hour"), (60_000, "minute"))
_SEVERAL: Final = 3


def number(much: int) -> str:
    """Return a number as people read it.

    >>> number(12_345)
    '12,345'
    """
    return f"{much:,}"


def of(share: Share) -> str:
    """Return how many of how many.

    >>> of(Share(48, 51))
    '48 of 51'
    """
    return f"{number(share.part)} of {number(share.whole)}"


def percent(rate: float) -> str:
    """Return a rate in whole per cent.

    >>> percent(0.3)
    '30 %'
    """
    return f"{rate * 100:.0f} %"


def time_between(first: Milliseconds, last: Milliseconds) -> str:
    """Return how long it took from the first to the last, in the largest unit of which it is three.

    >>> time_between(0, 22 * 60_000), time_between(0, 26 * 3_600_000), time_between(0, 59_999)
    ('in 22 minutes', 'in 26 hours', 'in one minute')
    """
    for unit, name in _UNITS:
        much = -(-(last - first) // unit)
        if much >= _SEVERAL:
            return f"in {number(much)} {name}s"
    return "in one minute" if last - first <= _UNITS[-1][0] else "in two minutes"
