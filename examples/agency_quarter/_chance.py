"""Chance that falls the same way for one seed on every supported Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from random import Random
from typing import TypeVar

Option = TypeVar("Option")

Curve = tuple[tuple[float, float], ...]
"""A distribution by its quantiles: rising (share, value) pairs from share 0 to share 1."""

_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


class Chance:
    """A seeded source of draws.

    Only `Random.random()` and plain arithmetic stand behind it: the library's own `choice`,
    `shuffle` or `gauss` may change from one Python to the next, and logarithms from one
    machine to the next.

    >>> Chance("a").token(6) == Chance("a").token(6)
    True
    """

    def __init__(self, seed: str) -> None:
        self._seed = seed
        # Imitation must be repeatable; nothing here guards a secret.
        self._random = Random(seed)  # noqa: S311 - a seeded, repeatable source is the point

    def branch(self, name: str) -> Chance:
        """Return a source of its own, so that what one part draws does not move another."""
        return Chance(f"{self._seed}/{name}")

    def happens(self, probability: float) -> bool:
        """Return True with this probability."""
        return self._random.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[Option]) -> Option:
        """Return one of the options, each as likely as the next."""
        return options[int(self._random.random() * len(options))]

    def weighted(self, weights: Mapping[Option, float]) -> Option:
        """Return one of the keys, as often as its weight says; raises ValueError if there is none.

        >>> Chance("a").weighted({"always": 1, "never": 0})
        'always'
        """
        left = self._random.random() * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        raise ValueError("no option has a weight above zero")

    def along(self, curve: Curve) -> float:
        """Return a value distributed as the curve says, straight between its points.

        >>> 10 <= Chance("a").along(((0, 10), (0.9, 20), (1, 500))) <= 500
        True
        """
        share = self._random.random()
        for (low_share, low), (high_share, high) in pairwise(curve):
            if share < high_share:
                return low + (high - low) * (share - low_share) / (high_share - low_share)
        return curve[-1][1]

    def token(self, length: int) -> str:
        """Return an identifier of this many letters and digits."""
        return "".join(self.pick(_LETTERS) for _ in range(length))
