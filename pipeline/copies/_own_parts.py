"""Which parts of a text are its sender's own: what hardly another message has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable
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
    counts: Counter[str] = Counter()
    for together, creators in Counter(map(tuple, received.values())).items():
        shingles = together[0].set.union(*(text.set for text in together[1:]))
        if creators == 1:
            counts.update(shingles)
        else:
            counts.update(dict.fromkeys(shingles, creators))
    enough = max(_FEWEST, (len(received) + _ONE_IN // 2) // _ONE_IN)
    return frozenset(shingle for shingle, count in counts.items() if count >= enough)


def has_own_part(text: Shingled, common: Container[str]) -> bool:
    """Return whether some part of a text is not common.

    Sentences that others have in another order, or some of them have not at all, are common. So
    are synonyms in rotation. Swapped words are not, but lie apart.
    """
    longest = stretch = alone = whole = 0
    for shingle, length in zip(text.in_order, text.lengths, strict=True):
        whole += length
        if shingle in common:
            stretch = max(stretch - _AGAINST * length, 0)
        else:
            alone += length
            stretch += length
            longest = max(longest, stretch)
    least = min(_PART, _AS_MUCH * whole)
    if longest < least:
        return False
    return longest * _PART >= least * _LONG_PART or longest >= _OF_ALL * alone
