"""Weights and settings: shipped for every signal, changed by name, refused when they cannot be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.risk import RiskSettings, RiskSignal, Share, Weight, shipped_weights, weights_of
from pipeline.risk._counts import RULES, Count
from pipeline.risk._registry import SIGNALS
from pipeline.risk._share import surely_less
from pipeline.risk._tables import read_weights
from pipeline.rules import RuleCode


def test_every_signal_is_found_and_weighed() -> None:
    """Codes, registry and data file name the same signals."""
    assert set(SIGNALS) == set(RiskSignal) == set(shipped_weights())
    assert set(read_weights()) == {signal.value for signal in RiskSignal}
    assert set(RULES) == set(RuleCode)
    assert len(set(RULES.values()) | {Count.VIOLATIONS}) == len(RuleCode) + 1


def test_one_weight_can_be_changed() -> None:
    """What is not named stays as it is shipped."""
    changed = weights_of({"copies": {"weight": 0.5}})
    assert changed[RiskSignal.COPIES].weight == 0.5
    assert changed[RiskSignal.COPIES].grave == shipped_weights()[RiskSignal.COPIES].grave
    assert changed[RiskSignal.LINK] == shipped_weights()[RiskSignal.LINK]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"coppies": {"weight": 0.5}}, "'coppies' is no signal"),
        ({"copies": {"wait": 0.5}}, "copies.wait cannot be set"),
        ({"copies": {"weight": 1.5}}, "from 0 to 1"),
        ({"copies": {"usual": 60}}, "less than grave"),
    ],
)
def test_what_cannot_be_is_refused(changes: dict[str, dict[str, float]], said: str) -> None:
    """The error names what is wrong."""
    with pytest.raises(ValueError, match=said):
        weights_of(changes)


@pytest.mark.parametrize("wrong", [{"window": 90}, {"patience": 0}, {"fewest": 0}])
def test_settings_that_cannot_be_are_refused(wrong: dict[str, int]) -> None:
    """Windows are whole hours, and numbers at least 1."""
    with pytest.raises(ValueError, match="must be"):
        RiskSettings(**wrong)  # type: ignore[arg-type] # the parametrised ones are numbers


@given(st.floats(0, 100), st.floats(0, 100))
def test_strength_never_falls(amount: float, other: float) -> None:
    """More of something is at least as strong."""
    weight = Weight(0.5, usual=10, grave=50)
    low, high = sorted((amount, other))
    assert 0.0 <= weight.strength(low) <= weight.strength(high) <= 100.0


@given(st.integers(-5, 500), st.integers(-5, 500))
def test_an_interval_holds_its_rate(part: int, whole: int) -> None:
    """Whatever the counts, also while a part has come before its whole: within 0 and 1."""
    share = Share(part, whole)
    low, high = share.interval
    assert 0.0 <= low <= share.rate <= high <= 1.0
    assert surely_less(share, share) == 0.0
