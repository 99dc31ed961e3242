from __future__ import annotations

from collections.abc import Iterable

from pipeline.alerts import (
    Alert,
    Delivery,
    Outcome,
    Route,
    Routing,
    Standing,
    fold_deliveries,
    idempotency_key,
    standing_of,
)
from pipeline.events import Milliseconds
from pipeline.notify._outstanding import Outstanding
from tests.folds._system import MemoryState
from tests.notify._notices import NOON, alert, resolved, updated

NAMES = ("on-call", "team")
IN_USE = dict.fromkeys(NAMES, Milliseconds(0))


def outstanding() -> Outstanding:
    """Return one that has taken partition 1, with nothing in it."""
    one = Outstanding(NAMES, Routing((Route(NAMES),)))
    one.take(1, [], IN_USE)
    return one


def told(sequence: int, name: str) -> Delivery:
    """Return the fact that a notifier was told of a change."""
    about = alert()
    key = idempotency_key(about.alert_id, sequence, name)
    return Delivery(
        about.alert_id,
        about.workspace,
        about.campaign_id,
        name,
        sequence,
        Outcome.DELIVERED,
        NOON,
        key,
    )


def standing(*records: Alert | Delivery) -> Standing:
    """Return how far notifiers have been told of the alert."""
    state = MemoryState()
    fold_deliveries(state, records)
    return standing_of(state, alert().alert_id)


def fresh(one: Outstanding) -> dict[str, bool]:
    """Return every alert that is there, and whether it is fresh."""
    return {alert_id: entry.fresh for alert_id, entry in one.entries()}


def test_those_who_have_to_be_told_are_counted() -> None:
    """Of each notifier: none that was told of the newest change, nor of what it needs not hear."""
    one = Outstanding(("on-call", "team", "mail"), Routing((Route(("on-call", "team")),)))
    one.take(1, [standing(alert(), told(0, "team"))], {})
    assert one.pending() == {"on-call": 1, "team": 0, "mail": 0}
    one.update(1, [standing(alert(), told(0, "team"), updated(1))], {})
    assert one.pending() == {"on-call": 1, "team": 1, "mail": 0}
    one.drop(1)
    assert one.pending() == {"on-call": 0, "team": 0, "mail": 0}


def test_what_came_up_here_is_fresh_to_its_end() -> None:
    """Nobody else can have told of it; of what was there at the start somebody may have."""
    one = outstanding()
    for known in (standing(alert()), standing(alert(), updated(1))):
        one.update(1, [known], IN_USE)
        assert fresh(one) == {"a-1": True}
    one.take(1, [standing(alert())], IN_USE)
    one.update(1, [standing(alert(), updated(1))], IN_USE)
    assert fresh(one) == {"a-1": False}


def test_what_is_told_everywhere_is_forgotten_once_it_is_over() -> None:
    """Memory grows with what is open, and not with what ever was."""
    one = outstanding()
    over: Iterable[Alert | Delivery] = (alert(), resolved(1))
    one.update(1, [standing(alert(), told(0, "on-call"), told(0, "team"))], IN_USE)
    assert "a-1" in fresh(one)
    one.update(1, [standing(*over, told(1, "on-call"), told(0, "team"))], IN_USE)
    assert "a-1" in fresh(one)
    one.update(1, [standing(*over, told(1, "on-call"), told(1, "team"))], IN_USE)
    assert fresh(one) == {}
    one.take(1, [standing(*over, told(1, "on-call"), told(1, "team"))], IN_USE)
    assert fresh(one) == {}


def test_partitions_come_and_go() -> None:
    """What is said of one that is not here counts for nothing."""
    one = outstanding()
    one.update(2, [standing(alert())], IN_USE)
    assert fresh(one) == {}
    one.update(1, [standing(alert())], IN_USE)
    one.drop(2)
    assert "a-1" in fresh(one)
    one.drop(1)
    assert fresh(one) == {}


def test_a_delivery_alone_is_nothing_to_tell() -> None:
    """After a rebuild it may be known before its alert is."""
    one = outstanding()
    one.update(1, [standing(told(0, "on-call"))], IN_USE)
    assert fresh(one) == {}
