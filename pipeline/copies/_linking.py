"""Groups of texts that are copies of one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Final

from rensa import RMinHash  # type: ignore[import-untyped]  # it publishes no types

from pipeline.copies._own_parts import Common, common_shingles, has_own_part
from pipeline.copies._sample import Recipient
from pipeline.copies._shingles import Shingled

_BANDS: Final = 20
_ROWS: Final = 2
"""A pair of texts is in one family with probability 1 - (1 - J²)²⁰: 0.97 at a Jaccard of 0.4."""
_SEED: Final = 20_250_101

LEAST_SHARED: Final = 0.3
"""Of the shingles of the longer of two texts, if they are to be of one kind."""
FEWEST_SHINGLES: Final = 6
"""Texts of fewer are too short to tell a word from a part: only equal ones are copies."""


def groups_of_copies(
    texts: Sequence[Shingled], recipients: Sequence[Iterable[Recipient]]
) -> list[list[int]]:
    """Return the indexes of texts that are linked as copies, each text in exactly one group.

    `texts` differ in their letters, and each was sent to these `recipients`. Of the texts
    of a family, those with a part of their sender's own are by themselves, and the others are
    linked when they have much in common, or through others. So the groups are those of the set of
    texts, whatever its order: families by MinHash first, verified links within each.
    """
    groups: list[list[int]] = []
    for family in _families(texts):
        common = common_shingles((texts[index], recipients[index]) for index in family)
        without = []
        for index in family:
            if len(family) > 1 and not _is_by_itself(texts[index], common):
                without.append(index)
            else:
                groups.append([index])
        groups.extend(_linked(texts, without))
    return groups


def _is_by_itself(text: Shingled, common: Common) -> bool:
    return len(text.set) < FEWEST_SHINGLES or has_own_part(text, common)


def _families(texts: Sequence[Shingled]) -> list[list[int]]:
    """Return the indexes of texts that share a band of their MinHash signatures, or through others.

    A text without shingles is a family of its own.
    """
    unsigned = [text for text in texts if text.in_order and not text.bands]
    if unsigned:
        _sign(unsigned)
    counts = Counter(chain.from_iterable(text.bands for text in texts))
    shared = {band for band, count in counts.items() if count > 1}
    left, families = list[int](), list[list[int]]()
    for index, text in enumerate(texts):
        if shared.isdisjoint(text.bands):
            families.append([index])
        else:
            left.append(index)
    while left:
        family, bands = list[int](), set(texts[left[0]].bands)
        while joined := [index for index in left if not bands.isdisjoint(texts[index].bands)]:
            family += joined
            bands.update(*(texts[index].bands for index in joined))
            left = sorted(set(left).difference(joined))
        families.append(sorted(family))
    return families


def _sign(texts: Sequence[Shingled]) -> None:
    shingles = [text.in_order for text in texts]
    signatures = RMinHash.digests_from_token_sets(shingles, _BANDS * _ROWS, _SEED)
    for text, signature in zip(texts, signatures, strict=True):
        rows = zip(range(_BANDS), *(signature[row::_ROWS] for row in range(_ROWS)), strict=True)
        text.bands = [*map(hash, rows)]


def _linked(texts: Sequence[Shingled], indexes: Sequence[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for index in indexes:
        apart = []
        joined = [index]
        for group in groups:
            # The newest first: where all are of one kind, the first comparison is the last.
            if any(_of_one_kind(texts[index], texts[other]) for other in reversed(group)):
                joined = [*group, *joined]
            else:
                apart.append(group)
        groups = [*apart, joined]
    return groups


@lru_cache(maxsize=2**15)
def _of_one_kind(one: Shingled, other: Shingled) -> bool:
    most = max(len(one.set), len(other.set))
    return len(one.set & other.set) >= LEAST_SHARED * most
