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
_LONG: Final = 7
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

    __slots__ = ("_lengths", "in_order", "letters", "set", "signature")

    def __init__(self, text: MaskedText) -> None:
        self.letters = text.replace(" ", "")
        """The text without spaces: what copies in the narrowest sense have in common."""
        self.in_order = _shingles(self.letters)
        self.set = frozenset(self.in_order)
        self.signature: Sequence[int] = ()
        """Its MinHash, once somebody has worked it out: windows slide slowly."""
        self._lengths: Sequence[int] = ()

    @property
    def lengths(self) -> Sequence[int]:
        """How many letters lie between each shingle's first letter and that of the next."""
        if not self._lengths and self.in_order:
            self._lengths = _lengths(self.letters, len(self.in_order))
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


def _lengths(letters: str, count: int) -> Sequence[int]:
    end = len(letters) - _LONG + 1
    starts = [found.start() for found in _ANCHOR.finditer(letters, 0, max(end, 0))]
    if len(starts) != count:
        return [_WORTH] * count
    return [after - start for start, after in zip(starts, [*starts[1:], end], strict=True)]
