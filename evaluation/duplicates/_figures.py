"""Precision and recall, with their intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

_Z = 1.96


class Share(NamedTuple):
    """A part of a whole, with Wilson's interval of 95 %."""

    part: int
    whole: int

    def __str__(self) -> str:
        if not self.whole:
            return "none"
        low, high = wilson(self.part, self.whole)
        return f"{self.part / self.whole:.3f} [{low:.3f}, {high:.3f}] of {self.whole:,}"


@dataclass
class Counts:
    """What was found of what is there."""

    found: int = 0
    missed: int = 0
    wrong: int = 0
    refused: int = 0

    def note(self, *, expected: bool, got: bool) -> None:
        """Count one judgement."""
        if expected:
            self.found += got
            self.missed += not got
        else:
            self.wrong += got
            self.refused += not got

    @property
    def precision(self) -> Share:
        """Return which share of what was found is right."""
        return Share(self.found, self.found + self.wrong)

    @property
    def recall(self) -> Share:
        """Return which share of what is there was found."""
        return Share(self.found, self.found + self.missed)

    @property
    def right(self) -> Share:
        """Return which share of all judgements is right."""
        right = self.found + self.refused
        return Share(right, right + self.missed + self.wrong)


def wilson(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's interval of a share, at 95 %.

    >>> [round(bound, 3) for bound in wilson(98, 100)]
    [0.93, 0.994]
    """
    share, square = part / whole, _Z * _Z
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    spread = math.sqrt(share * (1 - share) / whole + square / (4 * whole * whole))
    half = _Z * spread / (1 + square / whole)
    return middle - half, middle + half
