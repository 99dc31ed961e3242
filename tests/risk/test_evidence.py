"""What people and the data team get to see."""

from __future__ import annotations

import json

from pipeline.copies import Window
from pipeline.risk import (
    AlertState,
    Given,
    Minute,
    Risk,
    RiskAt,
    alert_row,
    assess,
    campaign_risk_row,
    examples_of,
    given_by,
    sentences_of,
    walk,
)
from pipeline.signals import SignalCode
from tests.copies._sent import MINUTE, OWN_PARTS, Sent, merged, window_of
from tests.risk._told import HOUR, SPRING, behaviour_of, minute_at, opener

COPIES = [Sent(n, merged(f"Name{n}"), at=n * MINUTE, creator_name=f"Name{n}") for n in range(40)]
PERSONAL = [Sent(100 + n, merged("Ann", own), at=n) for n, own in enumerate(OWN_PARTS)]


def seen() -> tuple[Risk, Given, Window]:
    """Return a campaign with many copies and many links, and some personal messages."""
    window = window_of([*PERSONAL, *COPIES])
    given = given_by(window)
    facts = [opener(n * MINUTE, *([SignalCode.LINK] * (n < 36))) for n in range(48)]
    return assess(behaviour_of(facts, HOUR), given), given, window


def test_sentences_are_plain_and_the_gravest_comes_first() -> None:
    """Each is a sentence with its numbers; what adds next to nothing is left out."""
    risk, _, _ = seen()
    assert sentences_of(risk)[:2] == (
        "40 of 48 messages were copies of one text, to 40 creators, in 39 minutes.",
        "36 of 48 openers hold a link.",
    )
    assert len(sentences_of(risk)) <= len(risk.parts)


def test_three_of_the_copies_are_shown() -> None:
    """They go to different creators, and names in them are masked."""
    risk, given, window = seen()
    examples = examples_of(risk, given, window)
    assert len({each.creator_id for each in examples}) == 3
    assert all(each.text.startswith("hi <name> we re northfold") for each in examples)
    assert {each.message_id for each in examples} <= {f"m{n}" for n in range(40)}


def test_without_copies_what_the_campaign_sent_is_shown() -> None:
    """Messages of the window stand in, one for each creator; there may be fewer than three."""
    window = window_of([*PERSONAL[:2], Sent(7, "Again!", creator=f"c{PERSONAL[0].number}")])
    examples = examples_of(Risk(0, ()), Given(), window)
    assert len(examples) == 2
    assert examples_of(Risk(0, ()), Given(), Window()) == ()


def test_the_row_of_a_campaign_explains_its_risk() -> None:
    """Its signals are JSON text with what each adds; it is as of the end of the minute."""
    risk, _, _ = seen()
    row = campaign_risk_row(SPRING, RiskAt(minute_at(HOUR), risk), paused=True)
    signals = json.loads(row.signals)
    assert [each["signal"] for each in signals][:2] == ["copies", "link"]
    assert round(sum(each["adds"] for each in signals)) == row.risk == risk.score
    assert (row.paused, row.updated_at % MINUTE) == (True, 0)


def test_the_row_of_an_alert_has_its_evidence() -> None:
    """It has sentences and examples; a resolution keeps the sentences, and says when it came."""
    risk, given, window = seen()
    quiet = Risk(0, ())
    course = [RiskAt(Minute(at), each) for at, each in ((1, risk), (2, quiet), (60, quiet))]
    _, (opened, resolved) = walk(SPRING, AlertState(), course)
    row = alert_row(SPRING, opened, examples_of(risk, given, window), paused=False)
    alert = row.alert
    assert (alert.risk, alert.sequence, row.resolved_at) == (risk.score, 0, None)
    assert alert.evidence == sentences_of(risk)
    assert len(alert.examples) == 3
    done = alert_row(SPRING, resolved, (), paused=False)
    assert (done.alert.alert_id, done.resolved_at) == (alert.alert_id, resolved.at)
    assert (done.alert.risk, done.highest, done.alert.evidence) == (0, risk.score, alert.evidence)
