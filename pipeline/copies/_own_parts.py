"""Which parts of a text are its sender's own: what hardly another message has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from pipeline.copies._sample import Recipient
from pipeline.copies._shingles import Shingled

_FEWEST: Final = 2
_ONE_IN: Final = 16
"""What so large a part of the creators got is nobody's own; nor is what two of a few got."""

_TOGETHER: Final = 24
"""Two phrases of which so large a part of them got both, or two, are nobody's own together."""
_AHEAD: Final = 10
"""So many shingles lie between the two: some 37 letters."""

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


class Common(NamedTuple):
    """What many creators got."""

    creators: Mapping[str, int]
    """Of each common shingle, who got it: a bit for each."""
    together: int
    """So many who got two shingles make them common together, too."""


def common_shingles(texts: Iterable[tuple[Shingled, Iterable[Recipient]]]) -> Common:
    """Return what was sent to many creators, of texts with all whom each was sent to.

    What one creator got in several texts counts once.
    """
    bits: dict[Recipient, int] = {}
    creators: dict[str, int] = {}
    for text, recipients in texts:
        who = 0
        for recipient in recipients:
            who |= bits.setdefault(recipient, 1 << len(bits))
        for shingle in text.set:
            creators[shingle] = creators.get(shingle, 0) | who
    enough = max(_FEWEST, _rounded(len(bits), _ONE_IN))
    common = {shingle: who for shingle, who in creators.items() if who.bit_count() >= enough}
    return Common(common, max(_FEWEST, _rounded(len(bits), _TOGETHER)))


def _rounded(creators: int, one_in: int) -> int:
    return (creators + one_in // 2) // one_in


def has_own_part(text: Shingled, common: Common) -> bool:
    """Return whether some part of a text is not common.

    Sentences that others have in another order, or some of them have not at all, are common. So
    are synonyms in rotation. Swapped words are not, but lie apart. Neither is what is put together
    of common phrases as hardly another text has it.
    """
    who = [*map(common.creators.get, text.in_order)]
    longest = stretch = alone = whole = 0
    for here, there, length in zip(
        who, [*who[_AHEAD:], *[None] * min(_AHEAD, len(who))], text.lengths, strict=True
    ):
        whole += length
        if here is None or (there is not None and (here & there).bit_count() < common.together):
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
