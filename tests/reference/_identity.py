"""Which events count."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tests.reference._event import SEND_REQUEST, Event


def counted_messages(events: Iterable[Event]) -> list[Event]:
    """Return the one event that counts for each message, in order.

    Raises `ValueError` when two different events of one account bear the same event id: product.md
    says that there are none, so that no answer would be right.
    """
    distinct = set(events)
    for one, other in combinations(distinct, 2):
        if one.account == other.account and one.event_id == other.event_id:
            raise ValueError(f"two events of {one.account} bear the id {one.event_id!r}")
    messages = [event for event in distinct if event.type != SEND_REQUEST]
    return sorted(
        (
            event
            for event in messages
            if not any(
                other.message == event.message and other.order < event.order for other in messages
            )
        ),
        key=lambda event: event.order,
    )
