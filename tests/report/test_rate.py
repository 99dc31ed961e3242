from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.report._rate import Rate, surely_greater, wilson

WHOLES = st.integers(min_value=1, max_value=1_000_000)


@st.composite
def rates(draw: st.DrawFn) -> Rate:
    """Draw a rate of something."""
    whole = draw(WHOLES)
    return Rate.of(draw(st.integers(min_value=0, max_value=whole)), whole)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_interval_is_the_published_one(part: int, whole: int, low: float, high: float) -> None:
    """The intervals are those of the examples in Newcombe's paper of 1998 on one proportion."""
    found = Rate.of(part, whole)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@given(rates())
def test_interval_holds_its_rate(rate: Rate) -> None:
    """The rate lies in its interval, and that between 0 and 1."""
    assert rate.rate is not None
    assert rate.low is not None
    assert rate.high is not None
    assert 0 <= rate.low <= rate.rate <= rate.high <= 1


@given(rates(), st.integers(min_value=2, max_value=100))
def test_more_of_the_same_narrows_the_interval(rate: Rate, times: int) -> None:
    """The same rate of more attempts is known better."""
    more = Rate.of(rate.part * times, rate.whole * times)
    assert more.high is not None
    assert more.low is not None
    assert rate.high is not None
    assert rate.low is not None
    assert more.high - more.low < rate.high - rate.low


@given(rates(), rates())
def test_only_one_of_two_rates_is_surely_greater(one: Rate, other: Rate) -> None:
    """No two rates beat each other, and none beats itself."""
    assert not (surely_greater(one, other, 0.95) and surely_greater(other, one, 0.95))
    assert not surely_greater(one, one, 0.95)


@given(rates(), rates())
def test_more_confidence_is_harder_to_reach(one: Rate, other: Rate) -> None:
    """What is sure at 99.9 % is sure at 95 %."""
    if surely_greater(one, other, 0.999):
        assert surely_greater(one, other, 0.95)


def test_difference_is_the_published_one() -> None:
    """Newcombe's example of 56/70 against 48/80 excludes 0, and 9/10 against 3/10 does too."""
    assert surely_greater(Rate.of(56, 70), Rate.of(48, 80), 0.95)
    assert surely_greater(Rate.of(9, 10), Rate.of(3, 10), 0.95)
    assert not surely_greater(Rate.of(6, 7), Rate.of(2, 7), 0.99)


def test_nothing_is_greater_than_a_rate_of_nothing() -> None:
    """Without a denominator there is nothing to compare."""
    assert not surely_greater(Rate.of(1, 1), Rate.of(0, 0), 0.95)
    assert not surely_greater(Rate.of(0, 0), Rate.of(0, 1), 0.95)


@given(rates(), st.floats(min_value=0.5, max_value=0.9999))
def test_interval_widens_with_confidence(rate: Rate, confidence: float) -> None:
    """An interval that is to hold more often is no narrower."""
    low, high = wilson(rate.part, rate.whole, confidence)
    wider_low, wider_high = wilson(rate.part, rate.whole, 0.99999)
    assert wider_low <= low
    assert high <= wider_high


@given(st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=10))
def test_part_that_came_before_its_whole_has_no_rate(whole: int, more: int) -> None:
    """While rows arrive a violation may be there before its touch: no rate, and no error."""
    found = Rate.of(whole + more, whole)
    assert (found.part, found.whole) == (whole + more, whole)
    assert (found.rate, found.low, found.high) == (None, None, None)
