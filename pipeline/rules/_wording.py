"""How durations and moments are written in the details of violations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from pipeline.events import Milliseconds

_UNITS = ((86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1_000, "s"), (1, "ms"))


def duration(milliseconds: int) -> str:
    """Write a duration with its two largest units.

    >>> duration(72 * 3_600_000), duration(90_000), duration(0)
    ('3 d', '1 min 30 s', '0 ms')
    """
    parts = []
    rest = milliseconds
    for size, name in _UNITS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts[:2]) or "0 ms"


def moment(at: Milliseconds) -> str:
    """Write a moment in UTC, to the second.

    >>> moment(Milliseconds(1_751_328_000_000))
    '2025-07-01T00:00:00Z'
    """
    when = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
