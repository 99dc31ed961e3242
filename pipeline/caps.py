"""How many touches lie in the day before a touch: the figure behind every daily cap. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipeline.conversation import DAY
from pipeline.events import Milliseconds


def touches_in_day_before(times: Sequence[Milliseconds], index: int) -> int:
    """Return how many of the touches before `index` are less than 24 h older than it.

    `times` are those of all touches in their order. What is exactly 24 h old no longer counts.

    >>> touches_in_day_before([0, 1, 1, 86_400_000], 3)
    2
    """
    return index - bisect_right(times, times[index] - DAY, 0, index)


def affected(times: Sequence[Milliseconds], moments: Iterable[Milliseconds]) -> Iterator[int]:
    """Yield, ascending, the touches whose day before can hold one of the moments that changed.

    >>> list(affected([0, 5, 86_400_005, 86_400_006], [5]))
    [1]
    """
    done = 0
    for moment in sorted(moments):
        start = max(done, bisect_left(times, moment))
        done = max(start, bisect_left(times, moment + DAY))
        yield from range(start, done)
