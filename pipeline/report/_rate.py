"""A rate that never leaves its denominator."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

import msgspec

_CONFIDENCE = 0.95
FEW = 30
"""A rate of fewer is marked: chance alone moves it by many points."""


class Rate(msgspec.Struct, frozen=True):
    """How many of how many, and what that says about the rate behind it."""

    part: int
    whole: int
    rate: float | None
    """`part / whole`; None where there is nothing to divide by.

    None as well where the part is the greater: while rows arrive, a part may come first.
    """
    low: float | None
    """The lower end of Wilson's 95 % interval."""
    high: float | None
    """The upper end of it."""

    @classmethod
    def of(cls, part: int, whole: int) -> Rate:
        """Return the rate of `part` in `whole`.

        >>> Rate.of(0, 0).rate is None
        True
        >>> rate = Rate.of(81, 263)
        >>> f"{rate.rate:.3f} in {rate.low:.3f}..{rate.high:.3f}"
        '0.308 in 0.255..0.366'
        """
        if whole == 0 or part > whole:
            return cls(part, whole, None, None, None)
        return cls(part, whole, part / whole, *wilson(part, whole, _CONFIDENCE))

    @property
    def is_of_few(self) -> bool:
        """Whether the denominator is too small to say much."""
        return self.whole < FEW


def wilson(part: int, whole: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion; `whole` is at least 1.

    Source: Wilson, Probable inference, the law of succession, and statistical inference, 1927.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = part / whole
    middle = share + z * z / (2 * whole)
    reach = z * sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # At 0 and at 1 an end meets the share itself, and would miss it by a rounding error.
    low = 0.0 if part == 0 else min(share, (middle - reach) / scale)
    high = 1.0 if part == whole else max(share, (middle + reach) / scale)
    return low, high


def surely_greater(better: Rate, worse: Rate, confidence: float) -> bool:
    """Tell whether one rate is greater by more than chance; False where one of them is of nothing.

    That is so where Newcombe's interval of their difference lies above 0. Source: Newcombe,
    Interval estimation for the difference between independent proportions, 1998, method 10.

    >>> surely_greater(Rate.of(60, 200), Rate.of(30, 200), 0.95)
    True
    >>> surely_greater(Rate.of(6, 20), Rate.of(3, 20), 0.95)
    False
    """
    if better.rate is None or worse.rate is None:
        return False
    low, _ = wilson(better.part, better.whole, confidence)
    _, high = wilson(worse.part, worse.whole, confidence)
    return better.rate - worse.rate > sqrt((better.rate - low) ** 2 + (high - worse.rate) ** 2)
