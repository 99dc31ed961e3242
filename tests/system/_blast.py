"""A campaign that people are told of."""

from __future__ import annotations

from tests.reference._story import touch
from tests.system._dense_log import START

BLAST = [
    touch(f"b{number}", START + number * 60_000, creator_id=f"b{number}", campaign_id="blast")
    for number in range(60)
]
"""An hour in which everybody gets the same text."""
