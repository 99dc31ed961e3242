"""Risk: what it is made of, and how high it comes out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import Copies
from pipeline.replies import ReplyClass
from pipeline.risk import Given, RiskSignal, Share, assess, combined, given_by, shipped_weights
from pipeline.signals import SignalCode
from tests.copies._sent import OWN_PARTS, Sent, merged, window_of
from tests.risk._told import (
    DAY,
    HOUR,
    MINUTE,
    Facts,
    behaviour_of,
    conducts,
    follow_up,
    opener,
    risk_of,
)

STRENGTHS = st.dictionaries(st.sampled_from(RiskSignal), st.floats(0.0, 100.0))


@given(STRENGTHS, st.sampled_from(RiskSignal), st.floats(0.0, 100.0))
def test_risk_never_falls_when_a_signal_grows(
    strengths: dict[RiskSignal, float], signal: RiskSignal, more: float
) -> None:
    """Whatever the others are: a stronger signal gives no lower risk, and all lie in 0 to 100."""
    weights = shipped_weights()
    grown = {**strengths, signal: max(more, strengths.get(signal, 0.0))}
    assert 0.0 <= combined(strengths, weights) <= combined(grown, weights) <= 100.0


@given(st.lists(conducts(), max_size=40), st.integers(0, 18 * DAY))
def test_the_parts_explain_the_whole(facts: list[Facts], at: int) -> None:
    """What the parts add comes to the risk, each adds something, and what weighs most is first."""
    weights = shipped_weights()
    risk = assess(behaviour_of(facts, at), Given(workspace_answered=Share(90, 100)))
    assert round(sum(part.adds for part in risk.parts), 6) == round(
        combined({part.signal: part.strength for part in risk.parts}, weights), 6
    )
    assert risk.score == round(sum(part.adds for part in risk.parts))
    alone = [part.alone for part in risk.parts]
    assert [round(each, 9) for each in alone] == [
        round(combined({part.signal: part.strength}, weights), 9) for part in risk.parts
    ]
    assert alone == sorted(alone, reverse=True)
    assert all(part.strength > 0.0 and part.sentence for part in risk.parts)


def test_nothing_is_no_risk() -> None:
    """A campaign that has done nothing has a risk of 0 without parts."""
    assert risk_of([], 0) == (0, ())


def sent_to_each(count: int, apart: int, *own: str) -> Copies | None:
    """Return the copies among so many messages with one of these parts of their own each."""
    parts = own or ("",)
    window = window_of(
        [
            Sent(number, merged(f"Name{number}", parts[number % len(parts)]), at=number * apart)
            for number in range(count)
        ]
    )
    return given_by(window).copies


def test_forty_copies_within_an_hour_are_a_high_risk() -> None:
    """Forty copies to as many creators alone bring the risk to 80 and more, sent slowly or fast."""
    for apart in (90_000, 30_000, 1_000):
        copies = sent_to_each(40, apart)
        risk = risk_of([opener(number * apart) for number in range(40)], HOUR, Given(copies))
        assert risk.score >= 80
        assert risk.parts[0].signal is RiskSignal.COPIES
        assert risk.parts[0].sentence.startswith("40 of 40 messages were copies of one text")


def test_a_few_copies_are_none() -> None:
    """Three messages that are the same stay far below an alert."""
    assert risk_of([opener(0)], HOUR, Given(sent_to_each(3, MINUTE))).score < 10


def honest_campaign(openers: int) -> list[Facts]:
    """Return personal openers over a week, of which some lack this or that, and few follow-ups."""
    touches: list[Facts] = []
    for number in range(openers):
        at = number * 6 * DAY // openers
        signals = {
            0: (SignalCode.NO_CONTENT_REFERENCE,),
            3: (SignalCode.LINK,),
            5: (SignalCode.INFORMAL_TONE,),
        }.get(number % 9, ())
        reply = {
            0: ReplyClass.POSITIVE,
            4: ReplyClass.NEUTRAL,
            8: ReplyClass.NEGATIVE,
        }.get(number % 20)
        touches.append(opener(at, *signals, quality=60 + number % 35, reply=reply, read=True))
        if number % 4 == 1:
            touches.append(follow_up(at + 3 * DAY, opened_at=at))
    return touches


def test_honest_campaigns_are_a_low_risk() -> None:
    """Small or large, with an ordinary share of answers: never 30, at no time of it."""
    for openers in (1, 5, 12, 60, 400):
        facts = honest_campaign(openers)
        copies = sent_to_each(len(OWN_PARTS), 20 * MINUTE, *OWN_PARTS)
        for hour in range(0, 12 * 24, 5):
            given = Given(copies, workspace_answered=Share(150, 1_000))
            assert risk_of(facts, hour * HOUR, given).score < 30


def test_pushiness_without_a_copy_is_a_high_risk() -> None:
    """Opt-outs, follow-ups beyond the limit and disguised links together come to a high risk."""
    facts: list[Facts] = []
    for number in range(60):
        at = number * 10 * MINUTE
        reply = ReplyClass.OPT_OUT if number % 6 == 0 else None
        facts.append(
            opener(at, SignalCode.LINK, SignalCode.DISGUISED_TEXT, quality=20, reply=reply)
        )
        facts.append(follow_up(at + 5 * MINUTE, SignalCode.FOLLOW_UP_EXCESS, opened_at=at))
    assert risk_of(facts, 12 * HOUR).score >= 80
