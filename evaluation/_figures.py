"""Precision and recall, with their intervals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.risk import Share


class Figure(NamedTuple):
    """A measured share, with the 95 % interval of what it may be, and of how many it is one."""

    value: float
    low: float
    high: float
    of: int

    def __str__(self) -> str:
        """Return it for people.

        >>> str(figure_of(98, 100))
        '.980 [.930, .994]'
        """
        value, low, high = (_short(each) for each in self[:3])
        return f"{value} [{low}, {high}]"


def figure_of(part: int, whole: int) -> Figure | None:
    """Return a share with Wilson's interval, or None of nothing."""
    if whole == 0:
        return None
    share = Share(part, whole)
    return Figure(share.rate, *share.interval, whole)


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
    def there(self) -> int:
        """Return how many there are to find."""
        return self.found + self.missed

    @property
    def precision(self) -> Figure | None:
        """Return which share of what was found is right."""
        return figure_of(self.found, self.found + self.wrong)

    @property
    def recall(self) -> Figure | None:
        """Return which share of what is there was found."""
        return figure_of(self.found, self.there)

    @property
    def right(self) -> Figure | None:
        """Return which share of all judgements is right."""
        right = self.found + self.refused
        return figure_of(right, right + self.missed + self.wrong)


def counted(judgements: Iterable[tuple[bool, bool]]) -> Counts:
    """Count judgements, each as what was expected and what was got.

    >>> counted([(True, True), (True, False), (False, True), (False, False)])
    Counts(found=1, missed=1, wrong=1, refused=1)
    """
    counts = Counts()
    for expected, got in judgements:
        counts.note(expected=expected, got=got)
    return counts


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")
