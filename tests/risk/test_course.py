"""The course of risk: a function of the set of touches, looked at where it can change."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import AlertChange
from pipeline.keyed import Kind
from pipeline.risk import (
    AlertState,
    Given,
    Minute,
    RiskAt,
    RiskUpdate,
    Share,
    course_of,
    fold_risk,
    minutes_to_assess,
    walk,
)
from pipeline.signals import SignalCode
from tests.folds._system import MemoryState, Value
from tests.risk._told import (
    DAY,
    HOUR,
    MINUTE,
    SPRING,
    Facts,
    conducts,
    folded,
    follow_up,
    minute_at,
    opener,
    stories,
    told,
)

WORKSPACE = Given(workspace_answered=Share(900, 1_000))


def nothing_else(_: Minute) -> Given:
    """Return what is known of a minute besides."""
    return WORKSPACE


def course(state: MemoryState, first: int, last: int, apart: int = MINUTE) -> list[RiskAt]:
    """Return the course between two times after the start."""
    minutes = [minute_at(at) for at in range(first, last + 1, apart)]
    return list(course_of(state, SPRING, minutes, nothing_else))


@given(stories(), st.data())
def test_the_course_is_the_same_in_any_order(
    told_of: list[list[Facts | None]], data: st.DataObject
) -> None:
    """However touches change on the way, and in whatever order they come, so is the course."""
    in_order = folded(story[-1] for story in told_of if story[-1] is not None)
    state = MemoryState()
    for story in data.draw(st.permutations(told_of)):
        for was, now in zip([None, *story], story, strict=False):
            fold_risk(state, [RiskUpdate(SPRING, was, now)])
    assert course(state, 0, 15 * DAY, 7 * HOUR) == course(in_order, 0, 15 * DAY, 7 * HOUR)


@given(
    st.lists(st.tuples(conducts(), st.integers(1, 30)), min_size=1, max_size=8),
    st.integers(0, 14 * 24),
)
def test_between_the_minutes_to_assess_risk_never_rises(
    drawn: list[tuple[Facts, int]], start: int
) -> None:
    """A minute that is left out has no higher risk than the one before it."""
    state = folded(facts for facts, times in drawn for _ in range(times))
    first, last = start * HOUR, (start + 3) * HOUR
    looked_at = minutes_to_assess(state, SPRING, range(minute_at(first), minute_at(last) + 1))
    assert looked_at == sorted(set(looked_at))
    assert looked_at[-1] == minute_at(last)
    every = course(state, first, last)
    for before, point in pairwise(every):
        if point.minute not in looked_at:
            assert point.risk.score <= before.risk.score


def test_only_what_can_matter_is_looked_at() -> None:
    """Minutes with touches, ends of hours while something is remembered, and the last minute."""
    state = folded([opener(0), opener(7 * MINUTE)])
    first, last = minute_at(-5 * HOUR), minute_at(400 * DAY)
    minutes = minutes_to_assess(state, SPRING, range(first, last + 1))
    ends = [minute_at(hour * HOUR - MINUTE) for hour in range(1, 10 * 24 + 2)]
    assert minutes[:4] == [minute_at(0), minute_at(7 * MINUTE), *ends[:2]]
    assert set(ends) < set(minutes)
    assert len(minutes) <= len(ends) + 5
    assert minutes[-1] == last
    assert minutes_to_assess(state, SPRING, range(last, first)) == []


class CountingState(MemoryState):
    """A state that counts how often it is read."""

    reads = 0

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        """Count the read."""
        self.reads += 1
        return super().get(kind, key)


def test_years_without_a_message_cost_nothing() -> None:
    """A century between two messages is passed over without a look at its days."""
    state = CountingState()
    fold_risk(state, told([opener(0), opener(36_500 * DAY)]))
    state.reads = 0
    minutes = minutes_to_assess(state, SPRING, range(minute_at(0), minute_at(36_500 * DAY) + 1))
    assert state.reads < 10
    assert len(minutes) < 12 * 24


def test_an_alert_opens_in_the_minute_that_tips_the_campaign() -> None:
    """With the message that tips it and no later one, in event time; days after, it resolves."""
    pushy = (SignalCode.DISGUISED_TEXT, SignalCode.LINK)
    facts: list[Facts] = [opener(number * 5 * MINUTE, *pushy, quality=10) for number in range(50)]
    facts += [
        follow_up(number * 5 * MINUTE + 1, SignalCode.FOLLOW_UP_EXCESS) for number in range(50)
    ]
    facts.sort(key=lambda each: each.occurred_at)
    state, alerts = MemoryState(), AlertState()
    opened: list[Minute] = []
    for facts_of_touch in facts:
        affected = fold_risk(state, told([facts_of_touch]))[SPRING]
        alerts, changes = walk(SPRING, alerts, course_of(state, SPRING, [affected], nothing_else))
        opened += [each.minute for each in changes if each.change is AlertChange.OPENED]
    points = course(state, 0, 5 * HOUR, MINUTE)
    assert opened == [next(each.minute for each in points if each.risk.score >= 60)]
    later = minutes_to_assess(state, SPRING, range(minute_at(5 * HOUR), minute_at(9 * DAY)))
    _, changes = walk(SPRING, alerts, course_of(state, SPRING, later, nothing_else))
    # That nobody answers is told when the patience with the attempts has ended.
    assert [each.change for each in changes] == [AlertChange.UPDATED, AlertChange.RESOLVED]
    assert minute_at(3 * DAY) < changes[0].minute < minute_at(4 * DAY)
    assert minute_at(7 * DAY) < changes[1].minute < minute_at(8 * DAY)
