"""How good a message is, with the parts of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
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
    return Quality(max(0, min(100, sum(parts.values()))), parts)
