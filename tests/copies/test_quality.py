"""The quality that is promised, on templates that no threshold was chosen on."""

from __future__ import annotations

from evaluation.duplicates._campaigns import judged_campaigns
from evaluation.duplicates._figures import Counts, wilson
from evaluation.duplicates._judging import are_copies
from evaluation.duplicates._pairs import labelled_pairs


def test_clusters_withstand_evasions() -> None:
    """Of campaigns with copies in every disguise, clusters hold 97 % of them and 2 % of others."""
    counts = judged_campaigns(seed=20, rounds=1, copies=40)
    assert counts.precision.part / counts.precision.whole >= 0.98
    assert counts.recall.part / counts.recall.whole >= 0.97


def test_pairs_alone_are_told_apart() -> None:
    """Two messages alone are never taken for copies when one has an own part."""
    counts = Counts()
    for pair in labelled_pairs(seed=20, rounds=2):
        counts.note(expected=pair.copies, got=are_copies(pair.one, pair.other))
    assert counts.precision.whole > 200
    assert counts.precision.part / counts.precision.whole >= 0.98
    assert counts.recall.part / counts.recall.whole >= 0.92


def test_intervals_are_those_of_wilson() -> None:
    """An interval agrees with the published examples."""
    assert [round(bound, 3) for bound in wilson(98, 100)] == [0.93, 0.994]
    assert [round(bound, 3) for bound in wilson(0, 10)] == [0.0, 0.278]
