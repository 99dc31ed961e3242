"""How numbers, shares and times are said to people."""

from __future__ import annotations

from typing import Final

from pipeline.events import Milliseconds
from pipeline.risk._share import Share

_MINUTE: Final = 60_000
_UNITS: Final = ((86_400_000, "day"), (3_600_000, "hour"), (_MINUTE, "minute"))
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
    """Return how long it took, rounded up to the largest unit of which it is three or more.

    >>> time_between(0, 22 * 60_000), time_between(0, 26 * 3_600_000), time_between(5, 5)
    ('in 22 minutes', 'in 26 hours', 'within a minute')
    """
    for unit, name in _UNITS:
        much = -(-(last - first) // unit)
        if much >= _SEVERAL:
            return f"in {number(much)} {name}s"
    minutes = -(-(last - first) // _MINUTE)
    return "in 2 minutes" if minutes > 1 else "within a minute"
