from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.accounts import AccountChanges
from tests.folds._drawn import foldable, policies
from tests.folds._policies import Policy
from tests.folds._system import System
from tests.reference import model
from tests.reference.strategies import event_sets


@settings(max_examples=100, deadline=None)
@given(events=event_sets(), policy=policies(), data=st.data())
def test_what_was_folded_before_changes_nothing(
    events: list[model.Event], policy: Policy, data: st.DataObject
) -> None:
    """A second delivery of events and policies, in any order, leaves no trace."""
    delivered = foldable(events)
    system = System()
    system.policy(policy.in_force("one"))
    system.events(delivered)
    system.settle()
    before = system.state()
    again = data.draw(st.permutations(delivered))
    folded = system.events(again)
    assert folded.changes == AccountChanges.none()
    assert folded.repeated == len(again)
    assert system.policy(policy.in_force("one")) == AccountChanges.none()
    assert system.state() == before


@settings(max_examples=150, deadline=None)
@given(events=event_sets(), policy=policies(), data=st.data())
def test_cells_feeds_and_replies_are_told_when_they_are_different(
    events: list[model.Event], policy: Policy, data: st.DataObject
) -> None:
    """Nothing is written that stands there already, nor withdrawn that never stood."""
    rest = data.draw(st.permutations(foldable(events)))
    system = System()
    late = data.draw(st.booleans())
    if not late:
        system.policy(policy.in_force("one"))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        system.events(rest[:size])
        system.settle()
        rest = rest[size:]
    if late:
        system.policy(policy.in_force("one"))
    system.settle()
    assert system.idle == set()
