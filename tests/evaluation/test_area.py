from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from evaluation.campaigns import area_under_curve

SCORES = st.lists(st.integers(0, 6).map(float), min_size=1, max_size=30)


def rated(*ratings: int) -> list[float]:
    """Return so many scores of 1, of 2, and so on."""
    return [float(score) for score, count in enumerate(ratings, 1) for _ in range(count)]


@given(SCORES, SCORES)
def test_the_area_is_that_of_all_pairs(positives: list[float], negatives: list[float]) -> None:
    """It is the share of pairs in the right order, a tie being half of one, as counted by hand."""
    figure = area_under_curve(positives, negatives)
    won = sum((one > other) + (one == other) / 2 for one in positives for other in negatives)
    assert figure is not None
    assert abs(figure.value - won / (len(positives) * len(negatives))) < 1e-12
    assert 0.0 <= figure.low <= figure.value <= figure.high <= 1.0


@given(SCORES, SCORES)
def test_turning_the_scores_turns_the_figure(
    positives: list[float], negatives: list[float]
) -> None:
    """What is an area for one side is what is left of it for the other, interval and all."""
    one, other = area_under_curve(positives, negatives), area_under_curve(negatives, positives)
    assert one is not None
    assert other is not None
    assert abs(one.value + other.value - 1.0) < 1e-9
    assert abs(one.low + other.high - 1.0) < 1e-9


def test_a_published_area() -> None:
    """The images that Hanley and McNeil had rated in 1982 have an area of 0.893, error 0.032."""
    figure = area_under_curve(rated(3, 2, 2, 11, 33), rated(33, 6, 6, 11, 2))
    assert figure is not None
    assert round(figure.value, 3) == 0.893
    assert abs((figure.high - figure.low) / 2 / 1.96 - 0.032) < 0.002


def test_chance_remains_where_none_is_misplaced() -> None:
    """A perfect area of few has a wide interval, that of many a narrow one, and none has none."""
    few, many = (area_under_curve([1.0] * count, [0.0] * count) for count in (5, 500))
    assert few is not None
    assert many is not None
    assert few.value == many.value == few.high == many.high == 1.0
    assert few.low < 0.8
    assert many.low > 0.98
    assert area_under_curve([], [1.0]) is None
