"""Groups of texts that are copies of one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from rensa import RMinHash  # type: ignore[import-untyped]  # it publishes no types

from pipeline.copies._likeness import alike
from pipeline.copies._shingles import Shingled

_BANDS: Final = 20
_ROWS: Final = 2
"""A pair of texts is in one family with probability 1 - (1 - J²)²⁰: 0.97 at a Jaccard of 0.4."""
_SEED: Final = 20_250_101

_TEXTS_FOR_A_CHANCE: Final = 24
"""For each so many messages of a family, a text has to be like one more of them."""


def groups_of_copies(texts: Sequence[Shingled], counts: Sequence[int]) -> list[list[int]]:
    """Return the indexes of texts that are linked by copies, each text in exactly one group.

    `texts` differ in their letters, and each was sent `counts` times. Two of them are linked when
    they are alike, or through others. In a large family of texts some are alike by chance: there a
    link takes more than one such neighbour. So the groups are those of the set of texts, whatever
    its order: families by MinHash first, verified links within each.
    """
    groups: list[list[int]] = []
    for family in _families(texts):
        linked = _linked([texts[index] for index in family], [counts[index] for index in family])
        groups.extend([family[place] for place in sorted(group)] for group in linked)
    return groups


def _families(texts: Sequence[Shingled]) -> list[list[int]]:
    """Return the indexes of texts that share a band of their MinHash signatures, or through others.

    A text without shingles is a family of its own.
    """
    unsigned = [text for text in texts if text.in_order and not text.signature]
    if unsigned:
        _sign(unsigned)
    family = list(range(len(texts)))
    first: dict[tuple[int, int, int], int] = {}
    for index, text in enumerate(texts):
        signature = text.signature
        if not signature:
            continue
        for band in range(_BANDS):
            key = (band, signature[_ROWS * band], signature[_ROWS * band + 1])
            other = _root(family, first.setdefault(key, index))
            family[_root(family, index)] = other
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(texts)):
        members[_root(family, index)].append(index)
    return list(members.values())


def _sign(texts: Sequence[Shingled]) -> None:
    shingles = [text.in_order for text in texts]
    signatures = RMinHash.digests_from_token_sets(shingles, _BANDS * _ROWS, _SEED)
    for text, signature in zip(texts, signatures, strict=True):
        text.signature = signature


def _root(family: list[int], index: int) -> int:
    while family[index] != index:
        family[index] = family[family[index]]
        index = family[index]
    return index


def _linked(texts: Sequence[Shingled], counts: Sequence[int]) -> Iterable[set[int]]:
    if len(texts) == 1:
        return [{0}]
    index = StretchIndex()
    for place, text in enumerate(texts):
        index.add(place, text)
    candidates = [index.candidates(text) - {place} for place, text in enumerate(texts)]
    needed = 1 + sum(counts) // _TEXTS_FOR_A_CHANCE
    dense = [
        _has_neighbours(texts, counts, place, candidates[place], needed)
        for place in range(len(texts))
    ]
    groups = [{place} for place in range(len(texts))]
    for place, text in enumerate(texts):
        others = candidates[place] if dense[place] else set()
        while others:
            other = others.pop()
            if other < place and dense[other] and alike(text, texts[other]):
                larger, smaller = sorted((groups[place], groups[other]), key=len, reverse=True)
                larger |= smaller
                for member in smaller:
                    groups[member] = larger
                others -= larger
    return {id(group): group for group in groups}.values()


def _has_neighbours(
    texts: Sequence[Shingled],
    counts: Sequence[int],
    place: int,
    candidates: Iterable[int],
    needed: int,
) -> bool:
    """Return whether at least so many other messages are copies of a text, it itself included."""
    found = counts[place] - 1
    for candidate in candidates:
        if found >= needed:
            return True
        if alike(texts[place], texts[candidate]):
            found += counts[candidate]
    return found >= needed


class StretchIndex:
    """Finds the texts that may be copies of one: all of them, and few others.

    A copy has a shingle of each long stretch of a text, also of the one whose shingles are rarest.
    With a part that is its sender's own, that stretch is found nowhere, and nothing needs to be
    compared.
    """

    def __init__(self) -> None:
        self._having: dict[str, list[int]] = defaultdict(list)

    def add(self, place: int, text: Shingled) -> None:
        """Let a text be found under a number."""
        for shingle in text.set:
            self._having[shingle].append(place)

    def candidates(self, text: Shingled) -> set[int]:
        """Return the numbers of the texts that may be copies of this one."""
        having = [self._having.get(shingle, ()) for shingle in text.in_order]
        sums = list(accumulate(map(len, having), initial=0))
        rarity = [end - start for start, end in zip(sums, sums[text.stretch :], strict=False)]
        if not rarity:
            return set()
        start = rarity.index(min(rarity))
        return set().union(*having[start : start + text.stretch])
