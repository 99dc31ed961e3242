"""Pieces of a text: what stands between white space."""

from __future__ import annotations


def start_of_piece(text: str, earliest: int, place: int) -> int:
    """Return where the piece begins that a place stands in, at the earliest at another place.

    >>> start_of_piece("see a.example/x now", 0, 6), start_of_piece("a.example/x", 2, 9)
    (4, 2)
    """
    space = max(text.rfind(" ", earliest, place), text.rfind("\n", earliest, place))
    return max(space, text.rfind("\t", earliest, place), earliest - 1) + 1
