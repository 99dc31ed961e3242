from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.folds._drawn import foldable, policies
from tests.folds._policies import Policy
from tests.folds._system import System
from tests.reference import model
from tests.reference.strategies import event_sets


@settings(max_examples=60, deadline=None)
@given(events=event_sets(), policy=policies(), data=st.data())
def test_quality_signals_and_risk_are_those_of_the_set_of_events(
    events: list[model.Event], policy: Policy, data: st.DataObject
) -> None:
    """In any order, with repetitions and in any batches, and with the policy first or last."""
    delivered = foldable(events)
    at_once = System()
    at_once.policy(policy.in_force("one"))
    at_once.events(delivered)
    rest = data.draw(st.permutations([*delivered, *delivered[::2]]))
    by_piece = System()
    if not data.draw(st.booleans()):
        by_piece.policy(policy.in_force("one"))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        by_piece.events(rest[:size])
        by_piece.settle()
        rest = rest[size:]
    by_piece.policy(policy.in_force("one"))

    assert by_piece.risks() == at_once.risks()
    assert by_piece.shown() == at_once.shown()
