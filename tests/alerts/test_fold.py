from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import (
    AlertId,
    DeliveryRecord,
    NotifierChange,
    fold_deliveries,
    membership_changes,
    notifiers_in_use,
    standing_of,
    standings,
)
from pipeline.events import Milliseconds
from tests.alerts._facts import alert, histories, told
from tests.folds._system import MemoryState


def folded(records: list[DeliveryRecord]) -> MemoryState:
    """Return the state after one batch."""
    state = MemoryState()
    fold_deliveries(state, records)
    return state


@given(histories(), st.data())
def test_order_doubling_and_batches_change_nothing(
    records: list[DeliveryRecord], data: st.DataObject
) -> None:
    """The same facts give the same state, however they come."""
    state = MemoryState()
    rest = data.draw(st.permutations(records * 2))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        fold_deliveries(state, rest[:size])
        rest = rest[size:]
    assert state.data == folded(records).data


@given(histories())
def test_what_was_folded_before_changes_nothing(records: list[DeliveryRecord]) -> None:
    """A second delivery of all facts names no alert, and leaves no trace."""
    state = folded(records)
    before = dict(state.data)
    assert fold_deliveries(state, records) == frozenset()
    assert state.data == before


def test_changed_alerts_are_named() -> None:
    """Whoever keeps alerts in memory is told which to read again."""
    state = folded([alert(alert_id="a"), alert(alert_id="b")])
    assert fold_deliveries(state, [told(0, alert_id="b"), alert()]) == {"b"}


def test_a_delivery_may_come_first() -> None:
    """After a rebuild deliveries may be read before the alerts that they are about."""
    state = folded([told(0)])
    [standing] = standings(state)
    assert standing.newest is None
    fold_deliveries(state, [alert()])
    assert standing_of(state, AlertId("a")).mark("on-call").sequence == 0


def test_only_what_may_be_told_is_kept() -> None:
    """Of many changes the newest stays, and each that brought more risk than those before it."""
    risks = [80, 75, 80, 81, 90, 85, 84]
    state = folded([alert(sequence, risk) for sequence, risk in enumerate(risks)])
    kept = [(each.sequence, each.risk) for each in standing_of(state, AlertId("a")).alerts]
    assert kept == [(0, 80), (3, 81), (4, 90), (6, 84)]


def test_an_unknown_alert_has_been_told_to_nobody() -> None:
    """There is a standing for every id."""
    standing = standing_of(MemoryState(), AlertId("never seen"))
    assert (standing.newest, standing.resolved) == (None, False)
    assert standing.mark("on-call").sequence == -1


def test_notifiers_come_into_use_and_go() -> None:
    """What has to be written is the difference, and once it is folded there is none."""
    state = MemoryState()
    first = membership_changes({}, ["slack", "on-call"], Milliseconds(5))
    fold_deliveries(state, first)
    assert notifiers_in_use(state) == {"on-call": 5, "slack": 5}
    assert membership_changes(notifiers_in_use(state), ["slack", "on-call"], Milliseconds(6)) == ()
    second = membership_changes(notifiers_in_use(state), ["mail", "slack"], Milliseconds(7))
    assert second == (
        NotifierChange("mail", Milliseconds(7), in_use=True),
        NotifierChange("on-call", Milliseconds(7), in_use=False),
    )
    fold_deliveries(state, second)
    assert notifiers_in_use(state) == {"mail": 7, "slack": 5}
