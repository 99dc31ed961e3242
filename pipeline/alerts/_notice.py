"""What a notifier has to be told next."""

from __future__ import annotations

import msgspec

from pipeline.alerts._alert import Alert, AlertChange
from pipeline.alerts._key import idempotency_key
from pipeline.alerts._routing import Routing
from pipeline.alerts._standing import Standing
from pipeline.events import Milliseconds


class Notice(msgspec.Struct, frozen=True):
    """What one notifier is told of an alert."""

    key: str
    """The idempotency key: the same whenever this is told again."""
    alert: Alert
    """As it is told: whoever hears of an open alert for the first time is told that it opened."""
    first: bool = True
    """Whether the notifier has never been told of the alert."""
    is_test: bool = False
    """Whether somebody only wants to see that notices arrive."""


def next_notice(
    standing: Standing,
    notifier: str,
    routing: Routing,
    in_use_since: Milliseconds | None,
    *,
    tried: bool,
) -> Notice | None:
    """Return what a notifier has to be told of an alert next, or None.

    Of several changes only the newest is told. An alert that is over before anybody was told is
    told once; one that was over before the notifier came into use (`in_use_since`, None: just
    now), never. Who knows of an alert is told of its end, also where no route leads to it any
    more: else the alert would stay open there for ever.

    `tried` says that somebody may have told of the opening, and we do not know of it, as after a
    crash. Then the opening is told again as it was, under its own key, before the newest change
    is; else the newest is told in its place. Either way a notice that says "opened" bears the
    opening's key, also after it was given up, so that it cannot be taken for a second alert.
    """
    newest, mark = standing.newest, standing.mark(notifier)
    if newest is None or newest.sequence <= mark.sequence:
        return None
    opening = _opening(standing, notifier, routing)
    over = newest.change is AlertChange.RESOLVED
    if mark.knows:
        is_due = over or opening is not None
        return Notice(_key(newest, notifier), newest, first=False) if is_due else None
    if opening is None:
        return None
    if over:
        is_past = in_use_since is None or newest.at < in_use_since
        return None if is_past else Notice(_key(newest, notifier), newest)
    earliest = max(opening.sequence, mark.sequence + 1)
    unsaid = next(alert for alert in standing.alerts if alert.sequence >= earliest)
    return Notice(_key(opening, notifier), _told_as_opened(unsaid if tried else newest))


def repeated_notice(standing: Standing, notifier: str, routing: Routing) -> Notice | None:
    """Return what a notifier that forgets has to be told again: the newest that it knows, if open.

    None where nothing is to be repeated, as where no route leads to it any more. The newest change
    may go unsaid for now.
    """
    newest, mark = standing.newest, standing.mark(notifier)
    if newest is None or standing.resolved or not mark.knows:
        return None
    if _opening(standing, notifier, routing) is None:
        return None
    return Notice(_key(newest, notifier), newest, first=False)


def _opening(standing: Standing, notifier: str, routing: Routing) -> Alert | None:
    """Return the change with which an alert first reached the risk that its routes ask for."""
    workspace = standing.alerts[0].workspace
    least = routing.least_risk(notifier, workspace)
    if least is None:
        return None
    return next((alert for alert in standing.alerts if alert.risk >= least), None)


def _told_as_opened(alert: Alert) -> Alert:
    return msgspec.structs.replace(alert, change=AlertChange.OPENED)


def _key(alert: Alert, notifier: str) -> str:
    return idempotency_key(alert.alert_id, alert.sequence, notifier)
