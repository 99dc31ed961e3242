"""What is kept is a function of how each touch is in the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import Milliseconds
from pipeline.risk import BrokenRules, RiskUpdate, fold_risk
from pipeline.rules import RuleCode
from tests.folds._system import MemoryState
from tests.risk._told import (
    AUTUMN,
    HOUR,
    MINUTE,
    SPRING,
    START,
    Facts,
    folded,
    minute_at,
    opener,
    stories,
    told,
)


def updates_of(story: Sequence[Facts | None]) -> list[RiskUpdate]:
    """Return what one says who knows what it said before, some of it twice."""
    before = [None, *story[:-1]]
    return [RiskUpdate(SPRING, was, now) for was, now in zip(before, story, strict=True)]


@given(stories(), st.data())
def test_order_batches_and_repetition_change_nothing(
    told_of: list[list[Facts | None]], data: st.DataObject
) -> None:
    """Whoever speaks first, and however it is cut: the state is that of how touches are at last."""
    waiting = [deque(updates_of(story)) for story in told_of]
    turns = [place for place, updates in enumerate(waiting) for _ in updates]
    state = MemoryState()
    batch: list[RiskUpdate] = []
    for place in data.draw(st.permutations(turns)):
        update = waiting[place].popleft()
        batch.append(update)
        if data.draw(st.booleans()):
            # What an event brings that comes again: nothing is different from before.
            batch.append(RiskUpdate(SPRING, update.after, update.after))
        if data.draw(st.booleans()):
            fold_risk(state, batch)
            batch = []
    fold_risk(state, batch)
    last = [story[-1] for story in told_of]
    assert state.data == folded(facts for facts in last if facts is not None).data


@given(st.lists(stories(), max_size=1), st.data())
def test_what_is_withdrawn_leaves_nothing(
    drawn: list[list[list[Facts | None]]], data: st.DataObject
) -> None:
    """When every touch is gone, no key is left, in whatever order they went."""
    facts = [each for told_of in drawn for story in told_of for each in story if each is not None]
    state = folded(facts)
    gone = [RiskUpdate(SPRING, each, None) for each in data.draw(st.permutations(facts))]
    fold_risk(state, gone)
    assert state.data == {}


def test_campaigns_are_kept_apart() -> None:
    """A touch that moves to another campaign is gone from the one and new in the other."""
    touch = opener(0)
    state = folded([touch])
    affected = fold_risk(state, [RiskUpdate(SPRING, touch, None), RiskUpdate(AUTUMN, None, touch)])
    elsewhere = MemoryState()
    fold_risk(elsewhere, told([touch], AUTUMN))
    assert state.data == elsewhere.data
    assert affected == {SPRING: minute_at(0), AUTUMN: minute_at(0)}


def test_several_may_speak_of_one_touch() -> None:
    """What a creator's side says of a touch's rules adds to what the touch's own side says."""
    known = BrokenRules(Milliseconds(START), frozenset({RuleCode.OPTED_OUT}))
    touch = opener(0, rules=[RuleCode.MIN_GAP])
    together = opener(0, rules=[RuleCode.MIN_GAP, RuleCode.OPTED_OUT])
    assert folded([known, touch]).data == folded([together]).data


def test_size_grows_with_time_and_not_with_messages() -> None:
    """A hundred times as many touches in the same hour take no further key and few bytes more."""
    few = folded(opener(number * MINUTE) for number in range(60)).data
    many = folded(opener(number * HOUR // 6_000) for number in range(6_000)).data
    assert few.keys() == many.keys()
    assert sum(map(len, many.values())) < 1.5 * sum(map(len, few.values()))


def test_says_from_where_on_the_course_may_differ() -> None:
    """A batch tells the first minute that sees a change; an answer is seen when patience ends."""
    touch = opener(5 * MINUTE)
    state = MemoryState()
    affected = fold_risk(state, told([opener(9 * MINUTE), touch]))
    assert affected == {SPRING: minute_at(5 * MINUTE)}
    answered = touch._replace(replied_at=Milliseconds(START + HOUR))
    later = fold_risk(state, [RiskUpdate(SPRING, touch, answered)])
    assert later == {SPRING: minute_at(73 * HOUR - MINUTE)}
    assert fold_risk(state, [RiskUpdate(SPRING, answered, answered)]) == {}
