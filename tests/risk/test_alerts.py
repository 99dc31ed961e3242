"""Alerts: at most one is open, they do not flap, and nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.alerts import AlertChange
from pipeline.campaigns import Campaign
from pipeline.risk import (
    AlertSettings,
    AlertState,
    AlertStep,
    Minute,
    Part,
    Risk,
    RiskAt,
    RiskSignal,
    alert_id_of,
    full_at,
    walk,
)
from tests.risk._told import AUTUMN, SPRING

SETTINGS: Final = AlertSettings(resolve_after=5, update_after=10, same_case=20)


def at(minute: int, score: int, *signals: RiskSignal) -> RiskAt:
    """Return the risk of a minute, to which these signals add much."""
    return RiskAt(
        Minute(minute), Risk(score, tuple(Part(s, 100.0, 30.0, 20.0, "so") for s in signals))
    )


def told(
    course: Iterable[RiskAt], state: AlertState | None = None, campaign: Campaign = SPRING
) -> list[AlertStep]:
    """Return what is told of a course."""
    return walk(campaign, state or AlertState(), course, SETTINGS)[1]


def said(course: Iterable[RiskAt]) -> list[tuple[AlertChange, int, int, int]]:
    """Return the change, the sequence, the minute and the risk of what is told."""
    return [(each.change, each.sequence, each.minute, each.risk.score) for each in told(course)]


def courses() -> st.SearchStrategy[list[RiskAt]]:
    """Draw courses that go up and down around all thresholds."""
    signals = st.lists(st.sampled_from(list(RiskSignal)[:3]), unique=True, max_size=2)
    steps = st.tuples(
        st.integers(1, 4), st.sampled_from((0, 39, 40, 59, 60, 79, 80, 95, 100)), signals
    )

    def course(drawn: Sequence[tuple[int, int, list[RiskSignal]]]) -> list[RiskAt]:
        minute, points = 1_000, []
        for apart, score, parts in drawn:
            minute += apart
            points.append(at(minute, score, *parts))
        return points

    return st.lists(steps, max_size=60).map(course)


def check_told(changes: Iterable[AlertStep]) -> None:
    """Fail if two alerts are open at once, one is opened twice, or a sequence has a gap."""
    opened: set[str] = set()
    current: AlertStep | None = None
    for change in changes:
        if change.change is AlertChange.OPENED:
            assert current is None
            assert change.alert_id not in opened
            assert change.sequence == 0
            opened.add(change.alert_id)
        else:
            assert current is not None
            assert (change.alert_id, change.opened_at) == (current.alert_id, current.opened_at)
            assert change.sequence == current.sequence + 1
        current = None if change.change is AlertChange.RESOLVED else change


@given(courses())
def test_at_most_one_alert_is_open(course: list[RiskAt]) -> None:
    """Openings and resolutions alternate, and each alert counts what is told of it."""
    check_told(told(course))


@given(courses(), st.data())
def test_what_comes_again_is_not_told_again(course: list[RiskAt], data: st.DataObject) -> None:
    """A course that is walked again, from any minute to its end, tells nothing."""
    state, _ = walk(SPRING, AlertState(), course, SETTINGS)
    start = data.draw(st.integers(0, len(course)))
    assert walk(SPRING, state, course[start:], SETTINGS) == (state, [])


@given(courses(), courses(), st.data())
def test_late_messages_open_no_second_alert(
    course: list[RiskAt], other: list[RiskAt], data: st.DataObject
) -> None:
    """When the course is another from some minute on, what was told stays and goes on as one."""
    state, changes = walk(SPRING, AlertState(), course, SETTINGS)
    start = data.draw(st.integers(0, len(other)))
    check_told([*changes, *told(other[start:], state)])


@given(courses(), st.data())
def test_batches_change_nothing(course: list[RiskAt], data: st.DataObject) -> None:
    """In how many steps one goes through a course makes no difference."""
    cut = data.draw(st.integers(0, len(course)))
    state, changes = walk(SPRING, AlertState(), course[:cut], SETTINGS)
    assert [*changes, *told(course[cut:], state)] == told(course)


def test_an_alert_opens_at_once_and_resolves_when_it_stays_low() -> None:
    """It opens in the first minute at 60, and resolves when the risk stays below 40 long enough."""
    course = [
        at(1, 59),
        at(2, 60),
        at(3, 45),
        at(4, 39),
        at(6, 41),
        at(7, 39),
        at(11, 39),
        at(12, 10),
    ]
    assert said(course) == [(AlertChange.OPENED, 0, 2, 60), (AlertChange.RESOLVED, 1, 12, 10)]


def test_an_alert_does_not_flap() -> None:
    """A risk that swings around one threshold, or around a band, is told of once."""
    around_opening = [at(minute, 59 + minute % 2) for minute in range(100)]
    around_band = [at(minute, 79 + minute % 2) for minute in range(100)]
    assert said(around_opening) == [(AlertChange.OPENED, 0, 1, 60)]
    assert said(around_band) == [(AlertChange.OPENED, 0, 0, 79), (AlertChange.UPDATED, 1, 1, 80)]


def test_more_is_told_when_there_is_more_evidence() -> None:
    """A signal that has become material is told of, once; what was told already is not."""
    copies, burst = RiskSignal.COPIES, RiskSignal.BURST
    course = [at(1, 70, copies), at(12, 71, copies), at(13, 75, copies, burst), at(40, 70, burst)]
    assert said(course) == [(AlertChange.OPENED, 0, 1, 70), (AlertChange.UPDATED, 1, 13, 75)]


def test_people_are_not_told_of_each_minute() -> None:
    """New signals wait for a while after the last thing told; a higher band does not."""
    signals = list(RiskSignal)
    course = [at(1 + n, 70 + n, *signals[: n + 1]) for n in range(13)]
    assert said(course) == [
        (AlertChange.OPENED, 0, 1, 70),
        (AlertChange.UPDATED, 1, 11, 80),
    ]
    later = [*course, at(20, 75, *signals[:13]), at(21, 75, *signals[:13])]
    assert said(later)[2:] == [(AlertChange.UPDATED, 2, 21, 75)]


def test_more_of_a_minute_may_open_an_alert() -> None:
    """A minute that was low while little was known of it opens one when it is looked at again."""
    assert said([at(1, 20), at(1, 85)]) == [(AlertChange.OPENED, 0, 1, 85)]


def test_late_messages_may_resolve_and_never_undo() -> None:
    """An alert whose cause turns out to be none is resolved, in the order of what is told."""
    state, opened = walk(SPRING, AlertState(), [at(10, 90), at(20, 90)], SETTINGS)
    assert [each.change for each in opened] == [AlertChange.OPENED]
    again = told([at(10, 0), at(15, 0), at(20, 0)], state)
    assert [(each.change, each.minute) for each in again] == [(AlertChange.RESOLVED, 15)]


def test_late_messages_may_open_an_alert_in_the_past() -> None:
    """A case that one hears of late is told with its own time, and is resolved by what followed."""
    state, _ = walk(SPRING, AlertState(), [at(10, 0), at(100, 0)], SETTINGS)
    late = told([at(10, 70), at(12, 0), at(20, 0), at(100, 0)], state)
    assert [(each.change, each.minute) for each in late] == [
        (AlertChange.OPENED, 10),
        (AlertChange.RESOLVED, 20),
    ]


def test_a_case_that_began_earlier_is_no_other_case() -> None:
    """Late messages that move a beginning forward by less than a case's distance open nothing."""
    state, _ = walk(SPRING, AlertState(), [at(50, 70), at(51, 0), at(60, 0)], SETTINGS)
    assert told([at(31, 70), at(36, 0), at(60, 0)], state) == []
    assert told([at(29, 70), at(36, 0), at(60, 0)], state) != []


def test_a_new_case_after_the_last_is_another_alert() -> None:
    """What rises again after a resolution opens another alert, with another id."""
    first, _, second = told([at(1, 70), at(2, 0), at(7, 0), at(8, 70)])
    assert (first.change, second.change) == (AlertChange.OPENED, AlertChange.OPENED)
    assert first.alert_id != second.alert_id


def test_ids_say_which_alert_it_is() -> None:
    """The id depends on the campaign and the minute of the opening, and on nothing else."""
    assert [each.alert_id for each in told([at(7, 99)])] == [alert_id_of(SPRING, Minute(7))]
    assert alert_id_of(SPRING, Minute(7)) == "a27df74a-cd5e-54e0-9ab3-89094fa35413"
    assert alert_id_of(AUTUMN, Minute(7)) != alert_id_of(SPRING, Minute(7))
    assert told([at(7, 99)])[0].opened_at == full_at(Minute(7))


def test_what_is_remembered_is_bounded() -> None:
    """After a thousand cases few are remembered, and none of the forgotten is told again."""
    course = [
        point
        for case in range(1_000)
        for point in (at(case * 100, 70), at(case * 100 + 1, 0), at(case * 100 + 6, 0))
    ]
    state, changes = walk(SPRING, AlertState(), course, SETTINGS)
    assert len(changes) == 2_000
    assert len(state.past) == 64
    assert told(course, state) == []


@pytest.mark.parametrize(
    "wrong", [{"resolve_at": 61}, {"alert_at": 101}, {"resolve_at": 0}, {"resolve_after": -1}]
)
def test_settings_must_make_sense(wrong: dict[str, int]) -> None:
    """Thresholds that contradict each other are refused."""
    with pytest.raises(ValueError, match="must"):
        AlertSettings(**wrong)  # type: ignore[arg-type] # all of the drawn ones are whole numbers
