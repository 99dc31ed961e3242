"""Whether two texts are copies: whether neither has a part of its sender's own."""

from __future__ import annotations

from typing import Final

from pipeline.copies._shingles import Shingled

_LEAST_SHARED: Final = 0.3
_FEWEST: Final = 6
"""Texts of fewer shingles are too short to tell a word from a part: only equal ones are copies."""


def alike(one: Shingled, other: Shingled) -> bool:
    """Return whether two texts are the same but for words here and there.

    They are when each has shingles of the other in every stretch of `Shingled.stretch`: swapped
    words and synonyms lie apart, and leave some between them. Symmetric; true of equal letters.
    """
    if one.letters == other.letters:
        return True
    shared = len(one.set & other.set)
    fewest, most = sorted((len(one.set), len(other.set)))
    if fewest < _FEWEST or shared < _LEAST_SHARED * most:
        return False
    return not (_has_own_part(one, other, shared) or _has_own_part(other, one, shared))


def _has_own_part(one: Shingled, other: Shingled, shared: int) -> bool:
    if len(one.in_order) - shared < one.stretch:
        return False
    found = bytes(map(other.set.__contains__, one.in_order))
    return bytes(one.stretch) in found
