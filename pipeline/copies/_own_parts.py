"""Which parts of a text are its sender's own: what hardly another message has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Final

from pipeline.copies._sample import Recipient
from pipeline.copies._shingles import Shingled

_FEWEST: Final = 2
_ONE_IN: Final = 16
"""What so large a part of the creators got is nobody's own; nor is what two of a few got."""

_PART: Final = 28
"""So many letters on end are a part of the sender's own: four words or five,"""
_OF_ALL: Final = 0.6
"""if this share of all that nobody else has is found there: evasions lie strewn about."""
_LONG_PART: Final = 45
"""So many are one in any case."""
_AS_MUCH: Final = 0.5
"""Of short texts, half is enough."""
_AGAINST: Final = 3
"""A letter that others have, too, undoes so many that they do not: some are shared by chance."""


def common_shingles(texts: Iterable[tuple[Shingled, Iterable[Recipient]]]) -> frozenset[str]:
    """Return what was sent to many creators, of texts with all whom each was sent to.

    What one creator got in several texts counts once.
    """
    received: dict[Recipient, list[Shingled]] = defaultdict(list)
    for text, recipients in texts:
        for recipient in recipients:
            received[recipient].append(text)
    by_creators: dict[int, Counter[str]] = defaultdict(Counter)
    for together, creators in Counter(map(tuple, received.values())).items():
        by_creators[creators].update(together[0].set.union(*(text.set for text in together[1:])))
    counts = by_creators.pop(1, Counter())
    for creators, of_texts in by_creators.items():
        for shingle, count in of_texts.items():
            counts[shingle] += creators * count
    enough = max(_FEWEST, (len(received) + _ONE_IN // 2) // _ONE_IN)
    return frozenset(shingle for shingle, count in counts.items() if count >= enough)


def has_own_part(text: Shingled, common: AbstractSet[str]) -> bool:
    """Return whether some part of a text is not common.

    Sentences that others have in another order, or some of them have not at all, are common. So
    are synonyms in rotation. Swapped words are not, but lie apart.
    """
    if text.set <= common:
        return False
    longest = stretch = alone = whole = 0
    for shingle, length in zip(text.in_order, text.lengths, strict=True):
        whole += length
        if shingle not in common:
            alone += length
            stretch += length
        elif stretch > 0:
            longest = max(longest, stretch)
            stretch = max(stretch - _AGAINST * length, 0)
    longest = max(longest, stretch)
    least = min(_PART, _AS_MUCH * whole)
    if longest < least:
        return False
    return longest * _PART >= least * _LONG_PART or longest >= _OF_ALL * alone
