"""How strong a signal is, and what it weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.risk._codes import RiskSignal
from pipeline.risk._tables import read_weights


@dataclass(frozen=True, slots=True)
class Weight:
    """What one signal weighs. Raises ValueError for what cannot be."""

    weight: float
    """To what part of 100 it alone can bring the risk, from 0 to 1."""
    usual: float
    """Up to so much of it, it has no strength."""
    grave: float
    """From so much on, it has all its strength."""

    def __post_init__(self) -> None:
        if not 0.0 <= self.weight <= 1.0:
            raise ValueError(f"weight must be from 0 to 1, not {self.weight!r}")
        if not 0.0 <= self.usual < self.grave:
            raise ValueError(
                f"usual must be 0 or more and less than grave, "
                f"not {self.usual!r} with {self.grave!r}"
            )

    def strength(self, amount: float) -> float:
        """Return how strong so much of it is, from 0 to 100; it never falls as the amount grows.

        >>> [Weight(0.5, usual=10, grave=50).strength(amount) for amount in (0, 10, 30, 50, 100)]
        [0.0, 0.0, 50.0, 100.0, 100.0]
        """
        part = (amount - self.usual) / (self.grave - self.usual)
        return 100.0 * max(0.0, min(1.0, part))


Weights = Mapping[RiskSignal, Weight]
"""One for each signal."""


def weights_of(changes: Mapping[str, Mapping[str, float]]) -> Weights:
    """Return the shipped weights with changes of some, by signal and name.

    Raises ValueError for a signal or a name that there is none of, and for a value that cannot be.

    >>> weights_of({"link": {"weight": 0}})[RiskSignal.LINK]
    Weight(weight=0, usual=10, grave=80)
    """
    shipped = read_weights()
    for signal, values in changes.items():
        if signal not in shipped:
            raise ValueError(f"{signal!r} is no signal: it is one of {', '.join(shipped)}")
        for name in values.keys() - shipped[signal].keys():
            raise ValueError(
                f"{signal}.{name} cannot be set: it is one of {', '.join(shipped[signal])}"
            )
    return {
        signal: Weight(**{**shipped[signal.value], **changes.get(signal.value, {})})
        for signal in RiskSignal
    }


@cache
def shipped_weights() -> Weights:
    """Return what the package ships. Blocks, the first time, while it reads its data."""
    return weights_of({})
