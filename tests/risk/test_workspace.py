from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.campaigns import Campaign
from pipeline.events import CampaignId, Milliseconds, WorkspaceId
from pipeline.replies import ReplyClass
from pipeline.risk import Conduct, News, RiskUpdate, Share, watch
from pipeline.risk._ripeness import first_minute_to_see
from pipeline.risk._workspace import (
    AnswersUpdate,
    answered_in_workspace,
    campaigns_that_see,
    fold_answers,
    remember_campaigns,
)
from tests.folds._system import MemoryState
from tests.risk._told import AUTUMN, DAY, HOUR, SPRING, START, opener

HERE = SPRING.workspace
FIRST = START // HOUR


def updates() -> st.SearchStrategy[list[AnswersUpdate]]:
    """Return changes of a few hours, of two workspaces."""
    workspaces = st.sampled_from([HERE, WorkspaceId("other")])
    counts = st.integers(-3, 5)
    hours = st.integers(FIRST, FIRST + 60)
    return st.lists(st.builds(AnswersUpdate, workspaces, hours, counts, counts), max_size=20)


@given(updates(), st.data())
def test_answers_are_sums_in_any_order_and_batches(
    all_of_them: list[AnswersUpdate], data: st.DataObject
) -> None:
    """However they come, what is kept is the same; and what adds up to nothing is not kept."""
    at_once, by_piece = MemoryState(), MemoryState()
    fold_answers(at_once, all_of_them)
    rest = data.draw(st.permutations(all_of_them))
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        fold_answers(by_piece, rest[:size])
        rest = rest[size:]
    assert by_piece.data == at_once.data
    fold_answers(
        at_once,
        [each._replace(attempts=-each.attempts, answered=-each.answered) for each in all_of_them],
    )
    assert at_once.data == {}


def test_what_is_usual_is_that_of_the_window_and_the_workspace() -> None:
    """A week that ends with an hour; neither later nor earlier ones, nor another's."""
    state = MemoryState()
    week = 7 * 24
    fold_answers(
        state,
        [
            AnswersUpdate(HERE, FIRST, 100, 10),
            AnswersUpdate(HERE, FIRST + 1, 20, 5),
            AnswersUpdate(HERE, FIRST + week, 3, 1),
            AnswersUpdate(HERE, FIRST + week + 1, 1_000, 0),
            AnswersUpdate(WorkspaceId("other"), FIRST + 1, 1_000, 1_000),
        ],
    )
    assert answered_in_workspace(state, HERE, FIRST + week) == Share(6, 23)


def test_only_campaigns_that_can_see_a_change_are_looked_at() -> None:
    """One that ended before patience with the changed hour did is left alone."""
    state, told = MemoryState(), MemoryState()
    campaigns = {SPRING: 0, AUTUMN: 9 * DAY}
    now = Milliseconds(START + 30 * DAY)
    updates = [RiskUpdate(each, None, opener(at)) for each, at in campaigns.items()]
    watch(state, told, News(risk=updates), now)
    seen_at = first_minute_to_see(FIRST)
    assert list(campaigns_that_see(state, HERE, seen_at)) == [AUTUMN]

    changed = [AnswersUpdate(HERE, FIRST, 1, 1)]
    watched = watch(state, told, News(answers=changed), now)
    assert [row.campaign for row in watched.risks] == [AUTUMN]


def test_campaigns_are_remembered_once() -> None:
    """However often they are new; those of another workspace apart."""
    state = MemoryState()
    elsewhere = Campaign(WorkspaceId("other"), CampaignId("spring"))
    remember_campaigns(state, [SPRING, AUTUMN, elsewhere])
    before = dict(state.data)
    remember_campaigns(state, [AUTUMN])
    assert state.data == before


def test_far_fewer_answers_than_the_workspace_has_are_held_against_a_campaign() -> None:
    """Nothing but the rate of the others tells that silence is unusual here."""

    def campaign_of(count: int, answered: int) -> list[Conduct]:
        replies = [ReplyClass.NEUTRAL] * answered + [None] * (count - answered)
        return [opener(n * HOUR, reply=reply) for n, reply in enumerate(replies)]

    silent = [RiskUpdate(SPRING, None, each) for each in campaign_of(100, 2)]
    silent.append(RiskUpdate(SPRING, None, opener(9 * DAY)))
    usual = [AnswersUpdate(HERE, FIRST + n, 10, 4) for n in range(100)]

    def signals(answers: list[AnswersUpdate]) -> str:
        now = Milliseconds(START + 30 * DAY)
        news = News(risk=silent, answers=answers)
        (row,) = watch(MemoryState(), MemoryState(), news, now).risks
        return row.signals

    assert "low_response_rate" not in signals([])
    assert "low_response_rate" in signals(usual)
