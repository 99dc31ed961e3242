"""What a campaign did up to a minute, against counting every message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.events import Milliseconds
from pipeline.risk import Behaviour, Conduct, Count, Pace, fold_risk, read_behaviour
from pipeline.risk._counts import SEEN_LATE, counted
from pipeline.risk._settings import DEFAULT_RISK_SETTINGS
from tests.risk._told import (
    DAY,
    HOUR,
    MINUTE,
    SPRING,
    START,
    Facts,
    behaviour_of,
    conducts,
    folded,
    follow_up,
    minute_at,
    opener,
    told,
)

WEEK = 7 * DAY
MOMENTS = st.one_of(
    st.integers(0, 3 * HOUR),
    st.integers(0, 18 * DAY),
    st.builds(
        lambda day, hour, minute: day * DAY + hour * HOUR + minute * MINUTE,
        st.integers(0, 18),
        st.integers(0, 2),
        st.sampled_from((0, 58, 59)),
    ),
)


def seen(facts: Sequence[Facts], at: int) -> Behaviour:
    """Return the same as `behaviour_of`, from a look at every message."""
    end = (START + at) // MINUTE * MINUTE + MINUTE
    hour = end // HOUR * HOUR
    recent: Counter[Count] = Counter()
    ripe: Counter[Count] = Counter()
    for each in facts:
        for moment, count, much in counted(each, DEFAULT_RISK_SETTINGS):
            if hour - WEEK <= moment < end and count not in SEEN_LATE:
                recent[count] += much
            if hour - 3 * DAY - WEEK <= moment < hour - 3 * DAY:
                ripe[count] += much
    sent = [each for each in facts if isinstance(each, Conduct)]
    by_account = Counter(each.account_id for each in sent if end - HOUR <= each.occurred_at < end)
    paces = tuple(
        Pace(f"x {account}", much, _busiest(sent, account, hour))
        for account, much in sorted(by_account.items())
        if much > DEFAULT_RISK_SETTINGS.usual_touches
    )
    return Behaviour(minute_at(at), dict(recent), dict(ripe), paces)


def _busiest(sent: Sequence[Conduct], account: str, hour: int) -> int:
    hours = Counter(
        each.occurred_at // HOUR
        for each in sent
        if each.account_id == account and hour - DAY - WEEK <= each.occurred_at < hour - DAY
    )
    return max(hours.values(), default=0)


@given(st.lists(st.tuples(conducts(), st.integers(1, 15)), max_size=12), MOMENTS)
def test_sums_are_those_of_the_messages(drawn: list[tuple[Facts, int]], at: int) -> None:
    """Windows, their edges and accounts' rhythms are what a look at every message gives."""
    facts = [facts for facts, times in drawn for _ in range(times)]
    assert behaviour_of(facts, at) == seen(facts, at)


@given(st.lists(conducts(), max_size=8), st.lists(conducts(), min_size=1, max_size=3), MOMENTS)
@example([], [follow_up(MINUTE)._replace(replied_at=Milliseconds(START + MINUTE))], 0)
def test_nothing_later_changes_what_was_seen(
    before: list[Facts], more: list[Facts], at: int
) -> None:
    """What is seen of a minute stays the same until a batch says that it is affected."""
    state = folded(before)
    was = read_behaviour(state, SPRING, minute_at(at))
    affected = fold_risk(state, told(more)).get(SPRING)
    if affected is None or affected > minute_at(at):
        assert read_behaviour(state, SPRING, minute_at(at)) == was


def test_windows_move_when_an_hour_is_full() -> None:
    """A touch leaves the week, and is ripe for a week, with the last minute of an hour."""
    state = folded([opener(HOUR)])

    def counted_at(at: int) -> tuple[int, int]:
        behaviour = read_behaviour(state, SPRING, minute_at(at))
        return behaviour.recent.get(Count.TOUCHES, 0), behaviour.ripe.get(Count.TOUCHES, 0)

    assert [counted_at(HOUR - MINUTE), counted_at(HOUR)] == [(0, 0), (1, 0)]
    ripe = 3 * DAY + 2 * HOUR
    assert [counted_at(ripe - 2 * MINUTE), counted_at(ripe - MINUTE)] == [(1, 0), (1, 1)]
    gone = WEEK + 2 * HOUR
    assert [counted_at(gone - 2 * MINUTE), counted_at(gone - MINUTE)] == [(1, 1), (0, 1)]
    forgotten = WEEK + ripe
    assert [counted_at(forgotten - 2 * MINUTE), counted_at(forgotten - MINUTE)] == [(0, 1), (0, 0)]


def test_a_pace_is_that_of_sixty_minutes() -> None:
    """What was sent in a minute counts up to the fifty-ninth after it."""
    state = folded([opener(30 * MINUTE)] * 21)
    last, after = (read_behaviour(state, SPRING, minute_at(at * MINUTE)) for at in (89, 90))
    assert [pace.touches for pace in last.paces] == [21]
    assert after.paces == ()


def test_a_minute_that_is_not_full_yet_counts() -> None:
    """What came in the newest minute is seen at once, and more when more of it comes."""
    state = folded([opener(10)])
    assert read_behaviour(state, SPRING, minute_at(0)).recent[Count.TOUCHES] == 1
    fold_risk(state, told([opener(MINUTE - 1), opener(MINUTE)]))
    assert read_behaviour(state, SPRING, minute_at(0)).recent[Count.TOUCHES] == 2
