"""How grave a cluster is."""

from __future__ import annotations

import math

from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings

_SLOW = 0.5
"""What a cluster weighs that is sent evenly over the window: copies remain copies."""


_NOTHING_ELSE = 0.5
"""So much more a cluster weighs for its size when nothing else is sent."""


def cluster_score(
    size: float,
    creators: float,
    burst: int,
    share: float = 0.0,
    settings: CopySettings = DEFAULT_COPY_SETTINGS,
) -> float:
    """Return size times creators times burst, each as far as it goes, from 0 to 100.

    Size and creators go the farther, the larger their share of all that is sent is. It never falls
    when one of them grows, and is 0 for a single message or a single creator: saying a thing twice
    to somebody is no mail merge.

    >>> [round(cluster_score(*each)) for each in ((2, 2, 2), (10, 10, 3), (100, 100, 3))]
    [0, 13, 62]
    >>> round(cluster_score(size=10, creators=10, burst=3, share=1.0))
    23
    >>> round(cluster_score(size=100, creators=100, burst=100))
    100
    """
    speed = _SLOW + (1 - _SLOW) * saturating(burst - 1, settings.half_burst)
    weight = 1 + _NOTHING_ELSE * share
    much = saturating((size - 1) * weight, settings.half_size)
    many = saturating((creators - 1) * weight, settings.half_creators)
    return 100.0 * much * many * speed


def lockstep_score(
    creators: int, accounts: int, settings: CopySettings = DEFAULT_COPY_SETTINGS
) -> float:
    """Return how grave lockstep is, from 0 to 100: 0 for one account, and never falling.

    >>> [round(lockstep_score(*each)) for each in ((3, 1), (3, 2), (11, 2), (100, 6))]
    [0, 6, 25, 97]
    """
    many = saturating(creators - 1, settings.half_creators)
    return 100.0 * many * saturating(accounts - 1, settings.half_accounts)


def saturating(amount: float, half: float) -> float:
    """Return a number from 0 to 1, that is 0.5 when the amount is `half`.

    >>> saturating(10, 10.0), saturating(20, 10.0), saturating(-1, 10.0)
    (0.5, 0.75, 0.0)
    """
    return 1.0 - math.exp2(-max(amount, 0.0) / half)
