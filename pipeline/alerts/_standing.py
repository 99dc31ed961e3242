"""How far the notifiers have been told of an alert."""

from __future__ import annotations

import msgspec

from pipeline.alerts._alert import Alert, AlertChange
from pipeline.alerts._facts import Delivery, NotifierChange, Outcome
from pipeline.keyed import Kind


class Mark(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How far one notifier has been told."""

    notifier: str
    sequence: int
    """The latest change that need not be told any more."""
    knows: bool
    """Whether it has taken any notice of the alert."""


class Standing(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An alert and its marks: a function of the set of facts, whatever their order.

    Of the changes those are kept that somebody may have to be told of: the newest, and each that
    brought more risk than all before it, which is what a route may have waited for.
    """

    alerts: tuple[Alert, ...] = ()
    """By sequence."""
    marks: tuple[Mark, ...] = ()
    """By the notifier's name."""

    @property
    def newest(self) -> Alert | None:
        """The alert as it is now; None while only deliveries are known."""
        return self.alerts[-1] if self.alerts else None

    @property
    def resolved(self) -> bool:
        """Whether it is over."""
        return bool(self.alerts) and self.alerts[-1].change is AlertChange.RESOLVED

    def mark(self, notifier: str) -> Mark:
        """Return how far a notifier has been told; at sequence -1 of nothing."""
        return next((mark for mark in self.marks if mark.notifier == notifier), _nothing(notifier))


STANDING = Kind("a", Standing)
NOTIFIER = Kind("n", NotifierChange)


def with_alert(standing: Standing, alert: Alert) -> Standing:
    """Return the standing with a change of the alert, once."""
    by_sequence = {known.sequence: known for known in (alert, *standing.alerts)}
    kept: list[Alert] = []
    highest = -1
    for sequence in sorted(by_sequence):
        each = by_sequence[sequence]
        if each.risk > highest or sequence == max(by_sequence):
            kept.append(each)
        highest = max(highest, each.risk)
    return Standing(tuple(kept), standing.marks)


def with_delivery(standing: Standing, delivery: Delivery) -> Standing:
    """Return the standing with what a delivery says; one that is known changes nothing."""
    was = standing.mark(delivery.notifier)
    now = Mark(
        delivery.notifier,
        max(was.sequence, delivery.sequence),
        was.knows or delivery.outcome is Outcome.DELIVERED,
    )
    others = [mark for mark in standing.marks if mark.notifier != delivery.notifier]
    marks = sorted([*others, now], key=lambda mark: mark.notifier)
    return Standing(standing.alerts, tuple(marks))


def _nothing(notifier: str) -> Mark:
    return Mark(notifier, -1, knows=False)
