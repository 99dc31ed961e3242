"""Whether two texts are copies: whether neither has a part of its sender's own."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from pipeline.copies._shingles import Shingled

_LEAST_SHARED: Final = 0.3
_FEWEST: Final = 6
"""Texts of fewer shingles are too short to tell a word from a part: only equal ones are copies."""

_IN_ONE_PLACE: Final = 0.9
"""A part of one's own has at least this share of all that differs,"""
_DENSE: Final = 0.9
"""and differs in at least this share of its shingles: some are shared by chance."""


@lru_cache(maxsize=2**15)
def alike(one: Shingled, other: Shingled) -> bool:
    """Return whether two texts are the same but for words here and there.

    They are unless one has a long stretch that the other has nothing of, or a shorter one that is
    the only difference. Swapped words and synonyms lie apart, and leave shingles between them.
    Symmetric; true of equal letters. The last verdicts are remembered: windows slide slowly.
    """
    if one.letters == other.letters:
        return True
    shared = len(one.set & other.set)
    fewest, most = sorted((len(one.set), len(other.set)))
    if fewest < _FEWEST or shared < _LEAST_SHARED * most:
        return False
    return not (_has_own_part(one, other, shared) or _has_own_part(other, one, shared))


def _has_own_part(one: Shingled, other: Shingled, shared: int) -> bool:
    if len(one.in_order) - shared < one.part:
        return False
    found = bytes(map(other.set.__contains__, one.in_order))
    if bytes(one.stretch) in found:
        return True
    missing = [place for place, is_found in enumerate(found) if not is_found]
    most = math.ceil(_IN_ONE_PLACE * len(missing))
    if len(missing) < one.part:
        return False
    span = 1 + min(last - first for first, last in zip(missing, missing[most - 1 :], strict=False))
    return most >= _DENSE * span
