"""Fold alerts and deliveries into how far each notifier has been told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from pipeline.alerts._alert import Alert, AlertId
from pipeline.alerts._facts import Delivery, NotifierChange
from pipeline.alerts._standing import NOTIFIER, STANDING, Standing, with_alert, with_delivery
from pipeline.events import Milliseconds
from pipeline.keyed import KeyedState, key_of

DeliveryRecord: TypeAlias = Alert | Delivery | NotifierChange

_EMPTY = Standing()


def fold_deliveries(state: KeyedState, records: Iterable[DeliveryRecord]) -> frozenset[AlertId]:
    """Fold records, and return the alerts of which something is different now.

    The order of records changes nothing in the end, nor does one that comes twice: a delivery may
    come before the alert that it is about. May read the disk.
    """
    before: dict[AlertId, Standing] = {}
    after: dict[AlertId, Standing] = {}
    for record in records:
        if isinstance(record, NotifierChange):
            _note_notifier(state, record)
            continue
        alert_id = record.alert_id
        if alert_id not in after:
            before[alert_id] = after[alert_id] = standing_of(state, alert_id)
        join = with_alert if isinstance(record, Alert) else with_delivery
        after[alert_id] = join(after[alert_id], record)  # type: ignore[arg-type] # chosen by its type
    changed = frozenset(alert_id for alert_id in after if after[alert_id] != before[alert_id])
    for alert_id in changed:
        state.put(STANDING, key_of(alert_id), after[alert_id])
    return changed


def standing_of(state: KeyedState, alert_id: AlertId) -> Standing:
    """Return how far the notifiers have been told of an alert. May read the disk."""
    return state.get(STANDING, key_of(alert_id)) or _EMPTY


def standings(state: KeyedState) -> Iterator[Standing]:
    """Yield the standing of each alert that ever was, in bounded memory. Reads the disk."""
    for _, standing in state.scan(STANDING):
        yield standing


def notifiers_in_use(state: KeyedState) -> dict[str, Milliseconds]:
    """Return since when each notifier has been in use, by its name. May read the disk."""
    changes = (change for _, change in state.scan(NOTIFIER))
    return {change.notifier: change.at for change in changes if change.in_use}


def membership_changes(
    in_use: Mapping[str, Milliseconds], names: Iterable[str], now: Milliseconds
) -> tuple[NotifierChange, ...]:
    """Return what has to be written to the log for exactly these notifiers to be in use."""
    wanted = set(names)
    return tuple(
        NotifierChange(name, now, name in wanted) for name in sorted(wanted ^ in_use.keys())
    )


def _note_notifier(state: KeyedState, change: NotifierChange) -> None:
    """Keep the latest change; of two at once the one that takes it out of use."""
    key = key_of(change.notifier)
    known = state.get(NOTIFIER, key)
    if known is None or (known.at, not known.in_use) < (change.at, not change.in_use):
        state.put(NOTIFIER, key, change)
