"""Every row of every view beside that of a run without a fault."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.system.outreach import Row, Views

NOT_OF_THE_EVENTS = {"dead_letters": ("at",), "campaign_risk": ("paused",)}
"""The only columns that are left out: `at` is the time of day at which a bad line was read, and a
campaign is paused by what its risk was known to be then."""

_ROW_OF_ONE_EVENT = {
    "touches": ("workspace", "platform", "account_id", "message_id"),
    "replies": ("workspace", "platform", "account_id", "message_id"),
    "audience_messages": ("workspace", "platform", "account_id", "message_id"),
    "send_requests": ("workspace", "platform", "account_id", "request_id"),
    "dead_letters": ("source", "line"),
}
_NAMES_SHOWN = 5
OF_THEIR_TIME = {"alerts"}
"""What people were told hangs on what was known by then: a fault may have them told sooner."""


@dataclass(frozen=True)
class Difference:
    """How views differ from those of a run without a fault."""

    lost: int
    """Messages, requests and bad lines that are in no view."""
    rows: dict[str, list[str]]
    """The rows that one has and the other has not, by view, with a sign before each."""

    @property
    def count(self) -> int:
        """How many rows differ."""
        return sum(map(len, self.rows.values()))

    def __str__(self) -> str:
        return "\n".join(
            f"{view}: {row}" for view, rows in self.rows.items() for row in rows[:_NAMES_SHOWN]
        )


def difference(found: Views, reference: Views) -> Difference:
    """Compare all views; equal rows count as often as they occur."""
    lost = sum((_events(reference) - _events(found)).values())
    rows = {}
    for view in sorted((found.keys() | reference.keys()) - OF_THEIR_TIME):
        there, here = _rows(view, reference), _rows(view, found)
        signed = [f"- {row}" for row in (there - here).elements()]
        signed += [f"+ {row}" for row in (here - there).elements()]
        if signed:
            rows[view] = sorted(signed)
    return Difference(lost, rows)


def _rows(view: str, views: Views) -> Counter[str]:
    left_out = NOT_OF_THE_EVENTS.get(view, ())
    return Counter(
        repr(sorted((name, value) for name, value in row.items() if name not in left_out))
        for row in views.get(view, ())
    )


def _events(views: Views) -> Counter[tuple[object, ...]]:
    def key(row: Row, names: tuple[str, ...]) -> tuple[object, ...]:
        return tuple(row[name] for name in names)

    return Counter(
        key(row, names) for view, names in _ROW_OF_ONE_EVENT.items() for row in views.get(view, ())
    )
