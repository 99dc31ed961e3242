from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.accounts import PolicyInForce
from pipeline.events import Inbound, Outbound
from pipeline.ingest import parse_line
from pipeline.replies import classify
from tests.folds._policies import document_of
from tests.folds._system import System
from tests.reference import model
from tests.reference.strategies import event_sets, limits_with_small_caps, to_json_line


def _parsed(event: model.Event) -> Outbound | Inbound:
    parsed = parse_line(to_json_line(event).encode())
    assert isinstance(parsed, Outbound | Inbound), parsed
    return parsed


def _foldable(events: list[model.Event]) -> list[Outbound | Inbound]:
    return [_parsed(event) for event in events if event.type != "send_request"]


@settings(max_examples=300, deadline=None)
@given(events=event_sets(), data=st.data())
def test_any_order_and_any_batches_give_the_reference(
    events: list[model.Event], data: st.DataObject
) -> None:
    """Shuffled, doubled, cut anywhere: the folds end where the plain computation ends."""
    expected = model.compute(events, classify)
    system = System()
    rest = data.draw(st.permutations(_foldable(events)))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        system.events(rest[:size])
        if data.draw(st.booleans()):
            system.settle()
        rest = rest[size:]
    assert system.result() == expected


@settings(max_examples=300, deadline=None)
@given(events=event_sets(), limits=limits_with_small_caps(), data=st.data())
def test_a_policy_may_come_at_any_time(
    events: list[model.Event], limits: model.Limits, data: st.DataObject
) -> None:
    """A policy that is in force from the beginning judges touches that came before it, too."""
    expected = model.compute(events, classify, lambda *_: limits)
    rest = _foldable(events)
    system = System()
    early = data.draw(st.integers(0, len(rest)))
    system.events(rest[:early])
    system.policy(PolicyInForce("one", None, document_of(limits)))
    system.events(rest[early:])
    assert system.result() == expected
