from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.accounts import PolicyInForce
from pipeline.pauses import Pause
from pipeline.replies import classify
from tests.folds._drawn import foldable, pauses, policies
from tests.folds._pauses import as_fact
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
def test_each_touch_is_judged_by_the_policy_and_the_pauses_of_its_time(
    events: list[model.Event], data: st.DataObject
) -> None:
    """They may come in any order, between any events, and reach back."""
    moments = sorted({event.occurred_at for event in events})
    starts = [moment + near for moment in moments for near in (0, 1)]
    drawn = data.draw(st.lists(policies(starts), min_size=1, max_size=3))
    decided = data.draw(pauses(starts))
    expected = judged_by_time(events, drawn, classify, decided)
    arriving = [
        *foldable(events),
        *(policy.in_force(str(number)) for number, policy in enumerate(drawn)),
        *map(as_fact, decided),
    ]
    system = System()
    for item in data.draw(st.permutations(arriving)):
        if isinstance(item, PolicyInForce):
            system.policy(item)
        elif isinstance(item, Pause):
            system.pauses(item)
        else:
            system.events([item])
        if data.draw(st.booleans()):
            system.settle()
    assert system.result() == expected


@settings(max_examples=300, deadline=None)
@given(events=event_sets(), data=st.data())
def test_pauses_may_come_at_any_time_and_in_any_batches(
    events: list[model.Event], data: st.DataObject
) -> None:
    """Shuffled, doubled and cut anywhere, before the touches that they bear upon or after."""
    decided = data.draw(pauses([event.occurred_at for event in events]))
    expected = model.compute(events, classify, pauses=decided)
    system = System()
    rest = data.draw(st.permutations(foldable(events)))
    facts = data.draw(st.permutations([*map(as_fact, decided), *map(as_fact, decided[:2])]))
    while rest or facts:
        size, some = data.draw(st.integers(0, len(rest))), data.draw(st.integers(0, len(facts)))
        if size == some == 0:
            size, some = len(rest), len(facts)
        system.pauses(*facts[:some])
        system.events(rest[:size])
        if data.draw(st.booleans()):
            system.settle()
        rest, facts = rest[size:], facts[some:]
    assert system.result() == expected
