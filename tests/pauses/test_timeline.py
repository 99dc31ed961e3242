"""What a campaign's pauses come to."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.pauses import (
    Interval,
    Pause,
    PauseBook,
    PausedBy,
    PauseId,
    add_pauses,
    in_force,
    intervals,
    is_paused,
    pause_id_of,
    span_of,
)
from tests.folds._system import MemoryState

WORKSPACE, CAMPAIGN = WorkspaceId("default"), CampaignId("spring")


def pause(at: int, pause_id: str = "p", *, paused: bool = True) -> Pause:
    """Return a decision about the one campaign."""
    moment = Milliseconds(at)
    return Pause(PauseId(pause_id), WORKSPACE, CAMPAIGN, moment, paused=paused, by=PausedBy.PERSON)


def test_a_pause_holds_from_its_own_moment_until_the_next() -> None:
    """Before the first nothing is paused."""
    decided = [pause(10), pause(20, "q", paused=False)]
    assert [is_paused(decided, Milliseconds(at)) for at in (9, 10, 19, 20)] == [
        False,
        True,
        True,
        False,
    ]
    assert span_of(decided, decided[0]) == Interval(Milliseconds(10), Milliseconds(20))
    assert span_of(decided, decided[1]) == Interval(Milliseconds(20), None)


def test_pauses_in_a_row_are_one_time() -> None:
    """And one that ends where the next begins goes on."""
    decided = [
        pause(10, "a"),
        pause(15, "b"),
        pause(20, "c", paused=False),
        pause(20, "d"),
        pause(30, "e", paused=False),
        pause(40, "f"),
    ]
    assert intervals(decided) == (
        Interval(Milliseconds(10), Milliseconds(30)),
        Interval(Milliseconds(40), None),
    )


pauses = st.lists(
    st.builds(pause, st.integers(0, 9), st.sampled_from("abcdef"), paused=st.booleans()),
    unique_by=lambda each: each.pause_id,
    max_size=6,
)


@given(decided=pauses, at=st.integers(-1, 10).map(Milliseconds), data=st.data())
def test_it_is_a_function_of_the_set(
    decided: list[Pause], at: Milliseconds, data: st.DataObject
) -> None:
    """In any order, one by one or together, some of them twice."""
    state = MemoryState()
    for each in data.draw(st.permutations([*decided, *decided[:2]])):
        add_pauses(state, [each])
    at_once = MemoryState()
    assert len(add_pauses(at_once, decided)) == len(decided)
    assert state.data == at_once.data
    book = PauseBook(state)
    so_far = [each for each in decided if each.at <= at]
    last = max(so_far, key=lambda each: each.rank, default=None)
    assert book.in_force(WORKSPACE, CAMPAIGN, at) == last
    assert in_force(book.of(WORKSPACE, CAMPAIGN), at) == last


@given(decided=pauses, at=st.integers(-1, 10).map(Milliseconds))
def test_its_times_are_those_in_which_it_is_paused(decided: list[Pause], at: Milliseconds) -> None:
    """They lie apart from each other, and each takes some time."""
    in_order = sorted(decided, key=lambda each: each.rank)
    found = intervals(in_order)
    within = [each for each in found if each.start <= at and (each.end is None or at < each.end)]
    assert bool(within) is is_paused(in_order, at)
    assert all(one.end is not None and one.end < two.start for one, two in pairwise(found))
    assert all(each.end is None or each.start < each.end for each in found)


def test_a_book_shows_each_workspace_as_it_was_first_asked_for() -> None:
    """What comes after that is seen by a new one; other workspaces have pauses of their own."""
    state = MemoryState()
    before = PauseBook(state)
    assert before.of(WORKSPACE, CAMPAIGN) == ()
    add_pauses(state, [pause(1)])
    assert before.of(WORKSPACE, CAMPAIGN) == ()
    assert PauseBook(state).of(WORKSPACE, CAMPAIGN) == (pause(1),)
    assert PauseBook(state).of(WorkspaceId("north"), CAMPAIGN) == ()


def test_an_id_says_what_brought_it_about() -> None:
    """The same cause gives the same id, for one campaign alone."""
    one = pause_id_of(WORKSPACE, CAMPAIGN, cause="risk 7")
    assert one == pause_id_of(WORKSPACE, CAMPAIGN, cause="risk 7")
    assert one != pause_id_of(WORKSPACE, CAMPAIGN, cause="risk 8")
    assert one != pause_id_of(WORKSPACE, CampaignId("autumn"), cause="risk 7")
