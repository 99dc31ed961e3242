"""Shares of a whole, and what chance leaves of them."""

from __future__ import annotations

from math import sqrt
from typing import Final, NamedTuple

_DEVIATIONS: Final = 1.959963984540054
"""How many standard deviations to each side hold 95 %."""


class Share(NamedTuple):
    """How many of how many. What chance could have made of less does not count."""

    part: int
    whole: int

    @property
    def rate(self) -> float:
        """Return the part of the whole, from 0 to 1; 0 where there is nothing."""
        return max(0, min(self.part, self.whole)) / self.whole if self.whole > 0 else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Return Wilson's 95 % interval: from 0 to 1 where there is nothing.

        Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.

        >>> low, high = Share(81, 263).interval
        >>> f"{low:.3f}..{high:.3f}"
        '0.255..0.366'
        """
        if self.whole <= 0:
            return 0.0, 1.0
        rate, square = self.rate, _DEVIATIONS * _DEVIATIONS
        middle = rate + square / (2 * self.whole)
        reach = _DEVIATIONS * sqrt(
            rate * (1 - rate) / self.whole + square / (4 * self.whole * self.whole)
        )
        scale = 1 + square / self.whole
        # At 0 and at 1 an end meets the rate itself, and would miss it by a rounding error.
        low = 0.0 if rate == 0.0 else max(0.0, min(rate, (middle - reach) / scale))
        high = 1.0 if rate == 1.0 else min(1.0, max(rate, (middle + reach) / scale))
        return low, high

    @property
    def surely_per_hundred(self) -> float:
        """Return how many of a hundred it is at least: the lower end of the interval.

        >>> round(Share(1, 1).surely_per_hundred), round(Share(40, 40).surely_per_hundred)
        (21, 91)
        """
        return 100.0 * self.interval[0]


def surely_less(fewer: Share, more: Share) -> float:
    """Return by how much one rate is less than another at least, chance taken off; 0 if it may not.

    It is the lower end of Newcombe's 95 % interval of their difference. Source: Newcombe, Interval
    estimation for the difference between independent proportions, 1998, method 10.

    >>> round(surely_less(Share(2, 80), Share(300, 1_000)), 2)
    0.21
    >>> surely_less(Share(1, 8), Share(3, 9))
    0.0
    """
    high = fewer.interval[1]
    low = more.interval[0]
    difference = more.rate - fewer.rate
    return max(0.0, difference - sqrt((more.rate - low) ** 2 + (high - fewer.rate) ** 2))
