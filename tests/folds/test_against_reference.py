from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.accounts import PolicyInForce
from pipeline.replies import classify
from tests.folds._drawn import foldable, policies
from tests.folds._policies import Policy, judged_by_time
from tests.folds._system import System
from tests.reference import model
from tests.reference.strategies import event_sets, limits_with_small_caps


@settings(max_examples=300, deadline=None)
@given(events=event_sets(), data=st.data())
def test_any_order_and_any_batches_give_the_reference(
    events: list[model.Event], data: st.DataObject
) -> None:
    """Shuffled, doubled, cut anywhere: the folds end where the plain computation ends."""
    expected = model.compute(events, classify)
    system = System()
    rest = data.draw(st.permutations(foldable(events)))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        system.events(rest[:size])
        if data.draw(st.booleans()):
            system.settle()
        rest = rest[size:]
    assert system.result() == expected


@settings(max_examples=200, deadline=None)
@given(events=event_sets(), limits=limits_with_small_caps(), data=st.data())
def test_a_policy_may_come_at_any_time(
    events: list[model.Event], limits: model.Limits, data: st.DataObject
) -> None:
    """A policy that is in force from the beginning judges touches that came before it, too."""
    expected = model.compute(events, classify, lambda *_: limits)
    rest = foldable(events)
    system = System()
    early = data.draw(st.integers(0, len(rest)))
    system.events(rest[:early])
    system.policy(Policy(limits).in_force("one"))
    system.events(rest[early:])
    assert system.result() == expected


@settings(max_examples=300, deadline=None)
@given(events=event_sets(), data=st.data())
def test_each_touch_is_judged_by_the_policy_of_its_time(
    events: list[model.Event], data: st.DataObject
) -> None:
    """Policies with overrides may come in any order, between any events, and reach back."""
    moments = sorted({event.occurred_at for event in events})
    starts = [moment + near for moment in moments for near in (0, 1)]
    drawn = data.draw(st.lists(policies(starts), min_size=1, max_size=3))
    expected = judged_by_time(events, drawn, classify)
    arriving = [
        *foldable(events),
        *(policy.in_force(str(number)) for number, policy in enumerate(drawn)),
    ]
    system = System()
    for item in data.draw(st.permutations(arriving)):
        if isinstance(item, PolicyInForce):
            system.policy(item)
        else:
            system.events([item])
        if data.draw(st.booleans()):
            system.settle()
    assert system.result() == expected
