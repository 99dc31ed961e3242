"""Each signal of a campaign: when it is found, how it is said, and that more is never less."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import Copies, Lockstep, copies_in, find_clusters, find_lockstep
from pipeline.replies import ReplyClass
from pipeline.risk import (
    DEFAULT_RISK_SETTINGS,
    Behaviour,
    Count,
    Given,
    Minute,
    Pace,
    RiskSignal,
    Share,
    given_by,
)
from pipeline.risk._inquiry import Finding, Inquiry
from pipeline.risk._registry import SIGNALS
from pipeline.rules import RuleCode
from pipeline.signals import SignalCode
from tests.copies._sent import OWN_PARTS, Sent, merged, window_of
from tests.risk._told import DAY, HOUR, MINUTE, Facts, behaviour_of, follow_up, opener

NOTHING = Behaviour(Minute(0), {}, {}, ())


def found(
    signal: RiskSignal, behaviour: Behaviour = NOTHING, given: Given | None = None
) -> Finding | None:
    """Return what a signal finds."""
    return SIGNALS[signal](Inquiry(behaviour, given or Given(), DEFAULT_RISK_SETTINGS))


def sentence(signal: RiskSignal, behaviour: Behaviour = NOTHING, given: Given | None = None) -> str:
    """Return how it is said."""
    finding = found(signal, behaviour, given)
    assert finding is not None
    return finding.sentence


def sent_in_step() -> tuple[Copies, Lockstep]:
    """Return what there is of copies and lockstep when two accounts send one text by turns."""
    window = window_of(
        [
            Sent(number, merged(f"Name{number}"), at=number * MINUTE, account=f"a{number % 2}")
            for number in range(23)
        ]
    )
    clusters = find_clusters(window)
    copies = copies_in(window, clusters)
    assert copies is not None
    return copies, find_lockstep(window, clusters)[0]


@pytest.mark.parametrize("signal", RiskSignal)
def test_nothing_shows_nothing(signal: RiskSignal) -> None:
    """A campaign that has done nothing has no signal."""
    assert found(signal) is None


@given(st.integers(0, 200), st.integers(0, 200))
def test_references_excuse_copies_and_never_all_of_them(referring: int, more: int) -> None:
    """The more openers refer to what the creator made, the less grave is the wording around it."""
    copies, _ = sent_in_step()

    def amount(much: int) -> float:
        sums = {Count.ATTEMPTS: 200, Count.REFERRING: min(much, 200)}
        finding = found(RiskSignal.COPIES, Behaviour(Minute(0), sums, {}, ()), Given(copies))
        assert finding is not None
        return finding.amount

    assert copies.score >= amount(referring) >= amount(referring + more) > 0.3 * copies.score
    assert amount(0) == copies.score
    assert amount(200) < 0.5 * copies.score


def test_copies_and_lockstep_have_the_scores_of_what_was_found() -> None:
    """They are taken over from the clusters, and said with the numbers of these."""
    copies, lockstep = sent_in_step()
    given = Given(copies, lockstep)
    assert found(RiskSignal.COPIES, given=given) == (
        copies.score,
        "23 of 23 messages were copies of one text, to 23 creators, in 22 minutes",
    )
    assert found(RiskSignal.LOCKSTEP, given=given) == (
        lockstep.score,
        "2 accounts sent the same text in step: 23 messages to 23 creators, in 22 minutes",
    )


def test_texts_by_turns_are_said_to_be_several() -> None:
    """Where no text alone is sent often, it is said of how many there are copies."""
    window = window_of(
        [Sent(number, OWN_PARTS[number % 3] * 2, at=number * MINUTE) for number in range(30)]
    )
    assert sentence(RiskSignal.COPIES, given=given_by(window)) == (
        "30 of 30 messages were copies of 3 texts, to 30 creators, in 29 minutes"
    )


def test_follow_ups_and_violations_are_counted_among_touches() -> None:
    """They count in all steps, each in one signal; rules are named, what is broken most first."""
    facts = [opener(number) for number in range(7)]
    facts += [
        follow_up(
            number,
            SignalCode.FOLLOW_UP_EXCESS,
            rules=[
                RuleCode.FOLLOW_UP_LIMIT,
                *([RuleCode.QUIET_HOURS] * (number < 1)),
                *([RuleCode.MIN_GAP] * (number < 3)),
            ],
        )
        for number in range(4)
    ]
    behaviour = behaviour_of(facts, HOUR)
    assert sentence(RiskSignal.FOLLOW_UP_EXCESS, behaviour) == (
        "4 of 11 messages were follow-ups beyond the limit"
    )
    assert sentence(RiskSignal.RULE_VIOLATIONS, behaviour) == (
        "11 messages broke a rule 4 times (min_gap 3, quiet_hours 1)"
    )


def test_a_burst_is_one_against_the_accounts_own_rhythm() -> None:
    """Sixty in an hour are a burst for whom has had few in an hour, and none for whom had sixty."""
    now = [opener(3 * DAY + number * MINUTE) for number in range(60)]
    slow = [opener(number * 10 * MINUTE) for number in range(200)]
    fast = [opener(number * MINUTE) for number in range(200)]
    at = 3 * DAY + HOUR - 1
    burst = found(RiskSignal.BURST, behaviour_of([*slow, *now], at))
    assert burst is not None
    assert burst.amount == 75.0
    assert burst.sentence.startswith("instagram a1 sent 60 messages within an hour, and at most 6")
    assert found(RiskSignal.BURST, behaviour_of([*fast, *now], at)) is None
    assert found(RiskSignal.BURST, behaviour_of([*slow, *now], at + HOUR)) is None


def test_twenty_in_an_hour_are_no_burst_for_anybody() -> None:
    """What can be written by hand is none, even of an account that has never sent before."""
    assert found(RiskSignal.BURST, behaviour_of([opener(n) for n in range(20)], HOUR - 1)) is None


def test_ten_messages_say_nothing() -> None:
    """Ten that have everything one can have are no signal at all; eleven are many."""
    facts = [
        opener(n, *SignalCode, quality=0, rules=RuleCode, reply=ReplyClass.OPT_OUT, read=True)
        for n in range(11)
    ]
    for at in (2 * HOUR, 4 * DAY):
        few, enough = behaviour_of(facts[:10], at), behaviour_of(facts, at)
        assert [signal for signal in RiskSignal if found(signal, few)] == []
        assert len([signal for signal in RiskSignal if found(signal, enough)]) > 10


def answered(attempts: int, replies: int) -> Behaviour:
    """Return what is seen of so many attempts, when the patience with them has ended."""
    facts = [
        opener(number, reply=ReplyClass.NEUTRAL if number < replies else None)
        for number in range(attempts)
    ]
    return behaviour_of(facts, 4 * DAY)


def test_a_response_rate_far_below_the_workspaces_is_a_signal() -> None:
    """It is said with both rates; only what chance cannot have made counts."""
    usual = Given(workspace_answered=Share(300, 1_000))
    assert sentence(RiskSignal.LOW_RESPONSE_RATE, answered(80, 2), usual) == (
        "2 of 80 attempts were answered within 3 days, and 30 % in the whole workspace"
    )
    assert found(RiskSignal.LOW_RESPONSE_RATE, answered(80, 20), usual) is None
    assert found(RiskSignal.LOW_RESPONSE_RATE, answered(80, 2)) is None


def test_ten_attempts_say_nothing_about_a_rate() -> None:
    """Ten without an answer are no signal where all others answer; eleven are."""
    usual = Given(workspace_answered=Share(1_000, 1_000))
    assert found(RiskSignal.LOW_RESPONSE_RATE, answered(10, 0), usual) is None
    assert found(RiskSignal.LOW_RESPONSE_RATE, answered(11, 0), usual) is not None


def test_an_attempt_has_time_to_be_answered() -> None:
    """Openers that wait for less than three days are in no rate; later answers are in none."""
    facts = [opener(number) for number in range(50)]
    usual = Given(workspace_answered=Share(500, 1_000))
    young, ripe = behaviour_of(facts, 3 * DAY), behaviour_of(facts, 3 * DAY + HOUR)
    assert found(RiskSignal.LOW_RESPONSE_RATE, young, usual) is None
    assert found(RiskSignal.LOW_RESPONSE_RATE, ripe, usual) is not None
    late = [opener(n, reply=ReplyClass.POSITIVE, replied_after=3 * DAY) for n in range(50)]
    assert behaviour_of(late, 5 * DAY).answered == Share(0, 50)


def test_a_follow_up_that_is_answered_answers_the_attempt() -> None:
    """The answer counts by the attempt's opener, whichever of its touches it came to."""
    facts: list[Facts] = [opener(0), follow_up(DAY)._replace(replied_at=opener(DAY).occurred_at)]
    assert behaviour_of(facts, 4 * DAY).answered == Share(1, 1)


def test_refusals_count_when_they_come() -> None:
    """Opt-outs and negative replies are counted on the attempts, once they are there."""
    classes = {0: ReplyClass.OPT_OUT, 1: ReplyClass.NEGATIVE, 2: ReplyClass.NEGATIVE}
    facts = [opener(number, reply=classes.get(number % 8)) for number in range(24)]
    before, after = behaviour_of(facts, HOUR - MINUTE), behaviour_of(facts, HOUR)
    assert found(RiskSignal.OPT_OUTS, before) is None
    assert sentence(RiskSignal.OPT_OUTS, after) == "3 creators asked to stop, in 24 attempts"
    assert sentence(RiskSignal.NEGATIVE_REPLIES, after) == "6 creators declined, in 24 attempts"


def test_what_was_read_and_not_answered_is_counted_where_it_is_known() -> None:
    """Openers that nobody knows to be read are not in the share."""
    facts = [
        opener(n, read=None if n < 8 else True, reply=ReplyClass.NEUTRAL if n < 10 else None)
        for n in range(28)
    ]
    behaviour = behaviour_of(facts, 4 * DAY)
    assert sentence(RiskSignal.READ_UNANSWERED, behaviour) == (
        "18 of 20 openers that were read stayed unanswered"
    )


def test_traits_and_quality_are_those_of_openers() -> None:
    """Each trait has its share; follow-ups and chats are not counted among openers."""
    facts = [
        opener(number, *([SignalCode.LINK] * (number < 9)), quality=40 if number % 2 else 20)
        for number in range(12)
    ]
    facts += [follow_up(number, SignalCode.LINK) for number in range(5)]
    behaviour = behaviour_of(facts, HOUR)
    assert sentence(RiskSignal.LINK, behaviour) == "9 of 12 openers hold a link"
    assert found(RiskSignal.SHOUTING, behaviour) is None
    assert found(RiskSignal.LOW_QUALITY, behaviour) == (
        70.0,
        "the mean quality of 12 openers is 30 of 100",
    )


COUNTED: Mapping[RiskSignal, Count] = {
    RiskSignal.FOLLOW_UP_EXCESS: Count.EXCESS,
    RiskSignal.RULE_VIOLATIONS: Count.VIOLATIONS,
    RiskSignal.OPT_OUTS: Count.OPT_OUTS,
    RiskSignal.NEGATIVE_REPLIES: Count.NEGATIVES,
    RiskSignal.READ_UNANSWERED: Count.UNANSWERED,
    RiskSignal.LOW_QUALITY: Count.LACK,
    **{
        RiskSignal(code.value): Count[code.name]
        for code in SignalCode
        if code is not SignalCode.FOLLOW_UP_EXCESS
    },
}
COUNTS = st.integers(0, 3_000)


@given(st.sampled_from(sorted(COUNTED)), COUNTS, COUNTS, COUNTS)
def test_more_of_what_is_counted_is_never_less(
    signal: RiskSignal, whole: int, part: int, more: int
) -> None:
    """Of as many touches and attempts, a greater part gives no smaller amount, from 0 to 100."""

    def amount(much: int) -> float:
        sums = {
            Count.TOUCHES: whole,
            Count.ATTEMPTS: whole,
            Count.READ: whole,
            Count.JUDGED: whole,
            COUNTED[signal]: min(much, 100 * whole if signal is RiskSignal.LOW_QUALITY else much),
        }
        finding = found(signal, Behaviour(Minute(0), sums, sums, ()))
        return finding.amount if finding else 0.0

    assert 0.0 <= amount(part) <= amount(part + more) <= 100.0


@given(COUNTS, COUNTS, COUNTS, st.tuples(COUNTS, COUNTS))
def test_fewer_answers_are_never_less(
    attempts: int, replies: int, fewer: int, usual: tuple[int, int]
) -> None:
    """Of as many attempts, fewer answers give no smaller amount."""
    workspace = Given(workspace_answered=Share(min(usual), max(usual)))

    def amount(much: int) -> float:
        sums = {Count.ATTEMPTS: attempts, Count.ANSWERED: min(max(much, 0), attempts)}
        behaviour = Behaviour(Minute(0), {}, sums, ())
        finding = found(RiskSignal.LOW_RESPONSE_RATE, behaviour, workspace)
        return finding.amount if finding else 0.0

    assert 0.0 <= amount(replies) <= amount(replies - fewer) <= 100.0


@given(st.lists(st.tuples(COUNTS, COUNTS), max_size=5), COUNTS, COUNTS, COUNTS)
def test_a_greater_burst_is_never_less(
    others: list[tuple[int, int]], touches: int, busiest: int, more: int
) -> None:
    """Whatever other accounts do, more touches of one give no smaller amount."""

    def amount(much: int) -> float:
        paces = (*(Pace("x other", *pace) for pace in others), Pace("x own", much, busiest))
        finding = found(RiskSignal.BURST, Behaviour(Minute(0), {}, {}, paces))
        return finding.amount if finding else 0.0

    assert 0.0 <= amount(touches) <= amount(touches + more) <= 100.0
