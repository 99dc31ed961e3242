from __future__ import annotations

import pytest

from evaluation._figures import Counts, counted, figure_of
from evaluation._section import Goal, Section


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_the_published_ones(part: int, whole: int, low: float, high: float) -> None:
    """Wilson's intervals are those of Newcombe's table of 1998."""
    figure = figure_of(part, whole)
    assert figure is not None
    assert figure.of == whole
    assert (round(figure.low, 4), round(figure.high, 4)) == (low, high)


def test_precision_and_recall_are_shares_of_what_was_counted() -> None:
    """With 3 found rightly, 1 wrongly and 2 missed, 3 of 4 are right and 3 of 5 are found."""
    judgements = [(True, True)] * 3 + [(False, True)] + [(True, False)] * 2 + [(False, False)] * 4
    counts = counted(judgements)
    assert counts == Counts(found=3, missed=2, wrong=1, refused=4)
    assert counts.there == 5
    assert (counts.precision, counts.recall) == (figure_of(3, 4), figure_of(3, 5))
    assert counts.right == figure_of(7, 10)


def test_of_nothing_there_is_no_figure() -> None:
    """Where nothing was found there is no precision, and where nothing is there no recall."""
    assert counted([(False, False)]).precision is None
    assert counted([(False, True)]).recall is None


def test_a_goal_is_missed_by_the_figure_itself() -> None:
    """Exactly what was promised meets a goal; less, and nothing to measure, miss it."""
    met = Goal("recall", figure_of(9, 10), 0.9)
    less = Goal("recall", figure_of(89, 100), 0.9)
    nothing = Goal("recall", None, 0.9)
    section = Section("title", (), (), (met, less, nothing))
    assert section.missed == (less, nothing)
    assert [str(goal) for goal in section.missed] == [
        "recall 0.890 < 0.90",
        "recall nothing to measure < 0.90",
    ]
