"""Whose turn it is to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain, zip_longest
from typing import TypeVar

from faust.types import TP

_Item = TypeVar("_Item")


class Turns:
    """Topics alternate, and neither a topic nor a partition comes first every time."""

    def __init__(self) -> None:
        self._round = 0

    def next_round(self, partitions: Iterable[TP]) -> list[TP]:
        """Return the partitions in the order of their turns.

        >>> turns = Turns()
        >>> partitions = [TP("a", 0), TP("a", 1), TP("b", 0)]
        >>> [f"{topic}{number}" for topic, number in turns.next_round(partitions)]
        ['a0', 'b0', 'a1']
        >>> [f"{topic}{number}" for topic, number in turns.next_round(partitions)]
        ['b0', 'a1', 'a0']
        """
        by_topic: defaultdict[str, list[TP]] = defaultdict(list)
        for tp in sorted(partitions):
            by_topic[tp.topic].append(tp)
        turn = self._round
        self._round += 1
        rows = _rotate([_rotate(row, turn) for row in by_topic.values()], turn)
        return [tp for tp in chain.from_iterable(zip_longest(*rows)) if tp is not None]


def _rotate(items: list[_Item], by: int) -> list[_Item]:
    by %= len(items) or 1
    return items[by:] + items[:by]
