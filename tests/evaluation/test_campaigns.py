from __future__ import annotations

import pytest

from evaluation.campaigns import KINDS, Outcome, Story, generated, judged_story, sections
from evaluation.campaigns._rules import broken_rules
from evaluation.campaigns._story import DAY, HOUR, Touch
from pipeline.policy import Limits
from pipeline.risk import DEFAULT_ALERT_SETTINGS
from pipeline.rules import RuleCode

ALERT_AT = DEFAULT_ALERT_SETTINGS.alert_at
PAUSE_AT = DEFAULT_ALERT_SETTINGS.bands[0]


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """Return one campaign of every kind, judged."""
    return [judged_story(story) for story in generated(seed=3, rounds=1)]


def copies(count: int) -> Story:
    """Return a campaign of copies, one a minute."""
    body = "Hello! We make boots that last and would love to work with you. Shall we talk?"
    touches = (Touch(at=number * 60_000, creator=number, body=body) for number in range(count))
    return Story("copies", is_spam=True, touches=tuple(touches))


def test_honest_people_raise_no_alert(outcomes: list[Outcome]) -> None:
    """No kind of honest campaign comes near to where an alert opens."""
    honest = [outcome for outcome in outcomes if not outcome.story.is_spam]
    assert len(honest) >= 15
    assert max(outcome.risk for outcome in honest) < ALERT_AT


def test_spammers_do(outcomes: list[Outcome]) -> None:
    """Each kind of spam does, and hardly one stays below where a campaign is paused."""
    spam = [outcome.risk for outcome in outcomes if outcome.story.is_spam]
    assert len(spam) >= 30
    assert min(spam) >= ALERT_AT
    assert sum(risk >= PAUSE_AT for risk in spam) >= 0.9 * len(spam)


def test_the_same_seed_draws_the_same() -> None:
    """Campaigns depend on their seed alone, and another seed draws others."""
    assert next(generated(1, 1)) == next(generated(1, 1)) != next(generated(2, 1))


def test_every_kind_is_drawn_in_its_size(outcomes: list[Outcome]) -> None:
    """Each round has one campaign of each kind, with as many openers as its kind may have."""
    assert len(outcomes) == len(KINDS)
    for outcome, (kind, is_spam) in zip(outcomes, KINDS, strict=True):
        story = outcome.story
        assert (story.kind, story.is_spam) == (kind.name, is_spam)
        assert kind.fewest <= sum(touch.step == 0 for touch in story.touches) <= kind.most


def test_an_alert_is_told_with_what_was_sent_before() -> None:
    """It takes some copies to raise one, not all of them; where none opens there is nothing."""
    outcome = judged_story(copies(40))
    sent = outcome.sent_before(ALERT_AT)
    assert sent is not None
    assert 5 < sent < 40
    assert judged_story(copies(3)).sent_before(ALERT_AT) is None


def test_the_figures_are_those_of_the_outcomes() -> None:
    """One spammer is found and one is not; both honest campaigns are left in peace."""
    quiet = copies(3)
    honest = Story("honest", is_spam=False, touches=quiet.touches)
    judged = [judged_story(story) for story in (copies(40), quiet, honest, honest)]
    kinds, risk = sections(judged)
    assert [row[0] for row in kinds.rows] == ["spam: copies", "honest: honest"]
    figures = {row[0]: str(row[1]).split()[0] for row in risk.rows}
    assert figures["area under the ROC curve"] == ".750"
    assert figures[f"alert at {ALERT_AT}, precision"] == "1.000"
    assert figures[f"alert at {ALERT_AT}, recall"] == ".500"
    assert risk.missed == ()


def test_rules_are_broken_where_they_are() -> None:
    """A follow-up too soon, one too many, and one above the day's cap are told; others are not."""
    limits = Limits(max_follow_ups=1, min_gap=3 * DAY, account_daily_cap=2)
    times = (0, HOUR, 5 * DAY)
    touches = [Touch(at=at, creator=1, body="", step=step) for step, at in enumerate(times)]
    touches.append(Touch(at=2 * HOUR, creator=2, body=""))
    assert [rules for _, rules in broken_rules(touches, limits)] == [
        frozenset(),
        {RuleCode.MIN_GAP},
        {RuleCode.ACCOUNT_DAILY_CAP},
        {RuleCode.FOLLOW_UP_LIMIT},
    ]
