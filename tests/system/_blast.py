"""A campaign that people are told of."""

from __future__ import annotations

import time

from tests.reference._story import touch
from tests.reference.model import Event
from tests.reference.strategies import to_json_line
from tests.system._dense_log import START

BLAST = [
    touch(f"b{number}", START + number * 60_000, creator_id=f"b{number}", campaign_id="blast")
    for number in range(60)
]
"""An hour in which everybody gets the same text."""
_BODY = "Hey hun!! luv ur content, we pay $500 per reel, sign up at glow.example asap"
_CREATORS = 40
_SECONDS_APART = 5


def blast_of_today(campaign_id: str = "blast") -> list[Event]:
    """Return the same text to forty creators in the minutes up to now."""
    now = time.time_ns() // 1_000_000
    return [
        touch(
            f"{campaign_id}-{number}",
            now - (_CREATORS - 1 - number) * _SECONDS_APART * 1_000,
            creator_id=f"creator-{number}",
            campaign_id=campaign_id,
            body=_BODY,
        )
        for number in range(_CREATORS)
    ]


def as_lines(events: list[Event]) -> bytes:
    """Return events as a file has them."""
    return "".join(f"{to_json_line(event)}\n" for event in events).encode()
