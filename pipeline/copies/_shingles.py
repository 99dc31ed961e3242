"""Pieces of a text by which it is compared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from pipeline.copies._masking import MaskedText

_SHORT: Final = 3
"""The length of shingles in scripts that need fewer letters for a word."""
_WORTH: Final = 4
"""So many Latin letters say as much as one of these."""
_ANCHORED: Final = re.compile(r"(?=([aeo].{6}))", re.DOTALL)
_ANCHOR: Final = re.compile(r"[aeo]")
_DENSE_ENOUGH: Final = 12
"""At least one anchored shingle per so many letters, as in every language written in Latin."""
_REMEMBERED: Final = 2**12


class Shingled:
    """A masked text by its shingles: seven letters from each A, E and O on.

    Spaces do not count, so it makes no difference where they were strewn in. Beginning at certain
    letters only leaves a third of the shingles, and the same ones in every copy.
    """

    __slots__ = ("_lengths", "bands", "in_order", "letters", "set")

    def __init__(self, text: MaskedText) -> None:
        self.letters = text.replace(" ", "")
        """The text without spaces: what copies in the narrowest sense have in common."""
        self.in_order = _shingles(self.letters)
        self.set = frozenset(self.in_order)
        self.bands: Sequence[int] = ()
        """The bands of its MinHash, once somebody has worked them out: windows slide slowly."""
        self._lengths: Sequence[int] = ()

    @property
    def lengths(self) -> Sequence[int]:
        """From where each shingle begins, how many letters it is to the next, or to the end."""
        if not self._lengths and self.in_order:
            self._lengths = _lengths(self.letters, self.in_order)
        return self._lengths


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


def _lengths(letters: str, shingles: Sequence[str]) -> Sequence[int]:
    if len(shingles[0]) == _SHORT:
        return [_WORTH] * len(shingles)
    return [len(after) + 1 for after in _ANCHOR.split(letters)[1 : len(shingles) + 1]]
