"""How the events reach the log: out of order, and some of them more than once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from examples.agency_quarter._calendar import (
    DAY,
    HOUR,
    MINUTE,
    QUARTER_ENDS,
    QUARTER_STARTS,
    SECOND,
)
from examples.agency_quarter._chance import Chance, Curve
from examples.agency_quarter._spelling import spelt, spelt_as_at_source

_TWICE = 0.03
_IMPORTED_TOO = 0.005
_UNKNOWN_TO_AN_IMPORT = ("creator_email_listed", "creator_followers", "creator_content", "kind")
"""What an import of a platform's own export does not have."""

_PROMPT: Curve = ((0, 200), (0.7, 2 * SECOND), (1, 25 * SECOND))
_LATE: Curve = (
    (0, 2 * MINUTE),
    (0.6, 40 * MINUTE),
    (0.85, 9 * HOUR),
    (0.94, 2 * DAY),
    (1, 10 * DAY),
)
_IS_LATE = 0.045
_AGAIN_AFTER: Curve = ((0, SECOND), (0.6, 3 * MINUTE), (0.9, 4 * HOUR), (1, 3 * DAY))


class Arrivals:
    """What the log receives: out of order, and some of it more than once."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._received: list[tuple[int, int, dict[str, Any]]] = []

    def __len__(self) -> int:
        return len(self._received)

    def add(self, events: Iterable[dict[str, Any]]) -> None:
        """Deliver these events, each at least once; those outside the quarter are left out."""
        for event in events:
            if QUARTER_STARTS <= event["occurred_at"] < QUARTER_ENDS:
                for moment, written in _deliveries(event, self._chance):
                    self._received.append((moment, len(self._received), written))

    def in_order(self) -> Iterator[dict[str, Any]]:
        """Yield everything in the order in which it is received."""
        for _, _, written in sorted(self._received, key=lambda delivery: delivery[:2]):
            yield written


def _deliveries(event: dict[str, Any], chance: Chance) -> Iterator[tuple[int, dict[str, Any]]]:
    occurred_at = event["occurred_at"]
    delay = chance.along(_LATE if chance.happens(_IS_LATE) else _PROMPT)
    received_at = occurred_at + int(delay)
    written = spelt_as_at_source(event, chance)
    yield received_at, written
    if chance.happens(_TWICE):
        yield received_at + int(chance.along(_AGAIN_AFTER)), written
    if "message_id" in event and chance.happens(_IMPORTED_TOO):
        yield occurred_at + chance.between(DAY, 10 * DAY), _imported(event, chance)


def _imported(event: dict[str, Any], chance: Chance) -> dict[str, Any]:
    """Return the message as an import tells of it: another event, whole seconds, less known."""
    known = {name: value for name, value in event.items() if name not in _UNKNOWN_TO_AN_IMPORT}
    return known | {
        "event_id": f"import-{event['message_id']}",
        "occurred_at": spelt(event["occurred_at"], "seconds", chance),
    }
