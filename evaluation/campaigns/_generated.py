"""Campaigns of every kind, drawn by chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from evaluation.campaigns._honest import HONEST
from evaluation.campaigns._kind import Kind
from evaluation.campaigns._pen import Pen
from evaluation.campaigns._spam import SPAM
from evaluation.campaigns._story import Story

KINDS: Final[tuple[tuple[Kind, bool], ...]] = (
    *((kind, False) for kind in HONEST),
    *((kind, True) for kind in SPAM),
)


def generated(seed: int, rounds: int) -> Iterator[Story]:
    """Yield so many campaigns of every kind, each of another size."""
    for round_ in range(rounds):
        for kind, is_spam in KINDS:
            pen = Pen(f"{seed} {round_} {kind.name}")
            low, high = math.log(kind.fewest), math.log(kind.most)
            size = round(math.exp(pen.chance.uniform(low, high)))
            yield Story(kind.name, is_spam, tuple(kind.write(pen, size)))
