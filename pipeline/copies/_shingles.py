"""Pieces of a text by which it is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.copies._masking import MaskedText

_SHORT: Final = 3
"""The length of shingles in scripts that need fewer letters for a word."""
_ANCHORED: Final = re.compile(r"(?=([aeo].{6}))", re.DOTALL)
_DENSE_ENOUGH: Final = 12
"""At least one anchored shingle per so many letters, as in every language written in Latin."""
_STRETCH: Final = 10
"""Some 45 letters, or nine words."""
_PART: Final = 8
"""Some 37 letters: two swapped words side by side make fewer."""
_REMEMBERED: Final = 2**12


class Shingled:
    """A masked text by its shingles: seven letters from each A, E and O on.

    Spaces do not count, so it makes no difference where they were strewn in. Beginning at certain
    letters only leaves a third of the shingles, and the same ones in every copy.
    """

    __slots__ = ("in_order", "letters", "part", "set", "signature", "stretch")

    def __init__(self, text: MaskedText) -> None:
        self.letters = text.replace(" ", "")
        """The text without spaces: what copies in the narrowest sense have in common."""
        self.in_order = _shingles(self.letters)
        self.set = frozenset(self.in_order)
        half = max(len(self.in_order) // 2, 1)
        self.stretch = min(_STRETCH, half)
        """So many shingles on end that another text lacks are a part of the sender's own,"""
        self.part = min(_PART, half)
        """and so many if there is no other difference."""
        self.signature: Sequence[int] = ()
        """Its MinHash, once somebody has worked it out: windows slide slowly."""


@lru_cache(maxsize=_REMEMBERED)
def shingled(text: MaskedText) -> Shingled:
    """Return the shingles of a text; those of the last few thousand texts are remembered."""
    return Shingled(text)


def _shingles(letters: str) -> tuple[str, ...]:
    anchored = _ANCHORED.findall(letters)
    if len(anchored) * _DENSE_ENOUGH < len(letters):
        ends = range(_SHORT, len(letters) + 1)
        return tuple(letters[end - _SHORT : end] for end in ends)
    return tuple(anchored)
