"""How good a message is, with the parts of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import msgspec

from pipeline.signals._codes import Element, SignalCode


@dataclass(frozen=True, slots=True)
class Weights:
    """How many points each element gives and each mistake takes; none is negative."""

    elements: Mapping[Element, int]
    mistakes: Mapping[SignalCode, int]


class Quality(msgspec.Struct, frozen=True):
    """A number from 0 to 100, and what it is made of."""

    score: int
    parts: Mapping[Element | SignalCode, int]
    """The points of each element that counts, and, below zero, of each mistake."""


def quality_of(
    elements: Collection[Element], mistakes: Collection[SignalCode], weights: Weights
) -> Quality:
    """Return the quality of a message with these elements and mistakes.

    An element more never lowers it, and a mistake more never raises it.
    """
    parts: dict[Element | SignalCode, int] = {}
    for element in elements:
        parts[element] = weights.elements[element]
    for mistake in mistakes:
        parts[mistake] = -weights.mistakes[mistake]
    return Quality(_within_bounds(sum(parts.values())), parts)


def score_of(elements: Iterable[Element], mistakes: Iterable[SignalCode], weights: Weights) -> int:
    """Return the quality of a message without the parts of it; each element and mistake is one."""
    gained = sum(map(weights.elements.__getitem__, elements))
    return _within_bounds(gained - sum(map(weights.mistakes.__getitem__, mistakes)))


def _within_bounds(points: int) -> int:
    return max(0, min(100, points))
