"""The risk of a campaign, and what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pipeline.risk._behaviour import Behaviour
from pipeline.risk._codes import RiskSignal
from pipeline.risk._inquiry import Given, Inquiry
from pipeline.risk._registry import SIGNALS
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS, RiskSettings
from pipeline.risk._weights import Weights


class Part(NamedTuple):
    """What one signal adds to a risk."""

    signal: RiskSignal
    strength: float
    """From 0 to 100."""
    alone: float
    """What the risk would be for it alone: it stands in the order of this."""
    adds: float
    """How many points more the risk has for it than for the parts before it alone."""
    sentence: str
    """What shows it, in a sentence without a full stop."""


class Risk(NamedTuple):
    """From 0 to 100, with its parts, the one that weighs most first; what is not there adds 0."""

    score: int
    parts: tuple[Part, ...]


def combined(strengths: Mapping[RiskSignal, float], weights: Weights) -> float:
    """Return 100 · (1 - Π (1 - weight · strength / 100)), which lies from 0 to 100.

    Each signal takes its part of what the others leave of 100, so the risk never falls when one of
    them grows, and many weak ones together are a strong one.

    >>> strengths = {RiskSignal.OPT_OUTS: 100.0, RiskSignal.BURST: 100.0}
    >>> f"{combined(strengths, DEFAULT_RISK_SETTINGS.weights):.0f}"
    '72'
    """
    left = 1.0
    # Always in the same order: products of the same factors are then the same to the last bit.
    for signal in RiskSignal:
        left *= 1.0 - weights[signal].weight * strengths.get(signal, 0.0) / 100.0
    return 100.0 * (1.0 - left)


def assess(
    behaviour: Behaviour, given: Given, settings: RiskSettings = DEFAULT_RISK_SETTINGS
) -> Risk:
    """Return the risk at the end of a minute: a function of what is given, and of nothing else."""
    weights = settings.weights
    inquiry = Inquiry(behaviour, given, settings)
    found = []
    for signal, find in SIGNALS.items():
        finding = find(inquiry)
        if finding is not None:
            strength = weights[signal].strength(finding.amount)
            alone = weights[signal].weight * strength
            if alone > 0.0:
                found.append((signal, strength, alone, finding.sentence))
    # Sorting keeps the registry's order among equals.
    found.sort(key=lambda each: -each[2])
    parts = []
    strengths: dict[RiskSignal, float] = {}
    before = 0.0
    for signal, strength, alone, sentence in found:
        strengths[signal] = strength
        after = combined(strengths, weights)
        parts.append(Part(signal, strength, alone, after - before, sentence))
        before = after
    return Risk(round(before), tuple(parts))
