"""How well copies are told from honest messages.

The templates are held out: thresholds were chosen on others, but with the same own parts, and with
the same evasions but for those of `HELD_OUT`. Public texts of people were own parts while
thresholds were chosen, too: the figures of honest campaigns are of other templates, not texts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from evaluation._anchors import MINHASH
from evaluation._figures import Counts, figure_of
from evaluation._section import Cell, Goal, Section
from evaluation.duplicates._campaigns import judged_campaigns
from evaluation.duplicates._evasions import EVASIONS
from evaluation.duplicates._held_out import HELD_OUT
from evaluation.duplicates._judging import are_copies, copies_among, minhash_likeness
from evaluation.duplicates._pairs import Pair, labelled_pairs
from evaluation.duplicates._public import (
    HONEST_LENGTHS,
    honest_campaign,
    personal_pairs,
    spam_pairs,
)
from evaluation.duplicates._rearranged import REARRANGED

LEAST_PRECISION: Final = 0.98
LEAST_RECALL: Final = 0.97
_ROUNDS: Final = 6
_COPIES: Final = (5, 10, 40)
_EVASIONS: Final = (
    ("words disguised", tuple(EVASIONS)),
    ("text rearranged", tuple(REARRANGED)),
    ("evasions held out", tuple(HELD_OUT)),
)
_JACCARDS: Final = (0.5, 0.7)


def sections(seed: int) -> Iterator[Section]:
    """Yield how well clusters withstand evasions, and pairs of messages alone."""
    yield _clusters(seed)
    yield _pairs("Copies, two messages alone", labelled_pairs(seed, _ROUNDS))


def public_sections(spam: Sequence[str], ham: Sequence[str], seed: int) -> Iterator[Section]:
    """Yield the same of public texts: spam in disguise, and what people wrote as own parts."""
    public = [*spam_pairs(spam, seed), *personal_pairs(ham, seed)]
    yield _pairs("Copies, two public texts alone", public)
    yield _honest_campaigns(ham, seed)


def _clusters(seed: int) -> Section:
    rows: list[tuple[Cell, ...]] = []
    goals = []
    for name, evasions in _EVASIONS:
        for copies in _COPIES:
            counts = judged_campaigns(seed, _ROUNDS, copies, evasions)
            title = f"{copies} copies, {name}"
            rows.append((title, *_cells(counts)))
            goals += [
                Goal(f"{title}, precision", counts.precision, LEAST_PRECISION),
                Goal(f"{title}, recall", counts.recall, LEAST_RECALL),
            ]
    rows.append((MINHASH.name, None, MINHASH.precision, MINHASH.recall))
    return Section(
        "Copies in one cluster, each in another disguise, among honest messages",
        ("", "n", "P", "R"),
        tuple(rows),
        tuple(goals),
    )


def _pairs(title: str, pairs: Iterable[Pair]) -> Section:
    kinds: dict[str, Counts] = defaultdict(Counts)
    total, plain = Counts(), {jaccard: Counts() for jaccard in _JACCARDS}
    for pair in pairs:
        got = are_copies(pair.one, pair.other)
        for counts in (kinds[pair.kind], total):
            counts.note(expected=pair.copies, got=got)
        likeness = minhash_likeness(pair.one, pair.other)
        for jaccard, counts in plain.items():
            counts.note(expected=pair.copies, got=likeness >= jaccard)
    rows: list[tuple[Cell, ...]] = [
        (kind, counts.right and counts.right.of, counts.right, None, None)
        for kind, counts in kinds.items()
    ]
    rows.append(("all copies", total.there, total.right, total.precision, total.recall))
    rows += [
        (f"plain MinHash, J ≥ {jaccard}", each.there, each.right, each.precision, each.recall)
        for jaccard, each in plain.items()
    ]
    rows.append((MINHASH.name, None, None, MINHASH.precision, MINHASH.recall))
    return Section(title, ("", "n", "judged rightly", "P", "R"), tuple(rows))


def _honest_campaigns(ham: Sequence[str], seed: int) -> Section:
    rows = []
    for lengths in HONEST_LENGTHS:
        clusters = copies_among(honest_campaign(ham, lengths, seed))
        apart = figure_of(sum(cluster != 0 for cluster in clusters), len(clusters))
        name = f"own parts of {lengths.start} to {lengths.stop - 1} characters"
        rows.append((name, len(clusters), apart))
    title = "Honest campaigns: one template, and what people wrote as own part"
    return Section(title, ("", "messages", "not in the largest cluster"), tuple(rows))


def _cells(counts: Counts) -> tuple[Cell, ...]:
    return counts.there, counts.precision, counts.recall
