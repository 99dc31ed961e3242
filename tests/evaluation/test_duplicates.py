"""The quality that is promised of clusters, on templates that no threshold was chosen on."""

from __future__ import annotations

from evaluation._figures import counted
from evaluation.duplicates import EVASIONS, are_copies, judged_campaigns, labelled_pairs


def test_clusters_withstand_evasions() -> None:
    """Of campaigns with copies in every disguise, clusters hold 97 % of them and 2 % of others."""
    counts = judged_campaigns(20, rounds=1, copies=40, evasions=tuple(EVASIONS))
    assert counts.precision is not None
    assert counts.recall is not None
    assert counts.precision.value >= 0.98
    assert counts.recall.value >= 0.97


def test_pairs_alone_are_told_apart() -> None:
    """Two messages alone are never taken for copies when one has an own part."""
    counts = counted(
        (pair.copies, are_copies(pair.one, pair.other)) for pair in labelled_pairs(20, rounds=2)
    )
    assert counts.precision is not None
    assert counts.recall is not None
    assert counts.precision.of > 200
    assert counts.precision.value >= 0.98
    assert counts.recall.value >= 0.92
