"""A kind of campaign."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from evaluation.campaigns._pen import Pen
from evaluation.campaigns._story import Touch


class Kind(NamedTuple):
    """How campaigns of one kind are written, and how many openers they have."""

    name: str
    fewest: int
    most: int
    write: Callable[[Pen, int], Iterable[Touch]]
