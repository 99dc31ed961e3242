"""On text held out, single messages are judged no worse than they were, but for three points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import pytest

from evaluation._figures import Counts, counted
from evaluation.messages import CODES, Half, Judged, judged_messages, read_messages
from pipeline.signals import LANGUAGES, Element, SignalCode

Floors = Mapping[Element | SignalCode, tuple[float, float]]
"""The least precision and the least recall."""

ENGLISH: Floors = {
    Element.INTRODUCTION: (0.89, 0.78),
    Element.CONTENT_REFERENCE: (0.83, 0.83),
    Element.INTEREST: (0.96, 0.88),
    Element.ASK: (0.96, 0.93),
    Element.CONTACT_EMAIL: (0.95, 0.97),
    SignalCode.NO_CONTENT_REFERENCE: (0.90, 0.90),
    SignalCode.COPY_PASTE: (0.85, 0.83),
    SignalCode.RATE_IN_FIRST_MESSAGE: (0.86, 0.85),
    SignalCode.BRIEF_IN_FIRST_MESSAGE: (0.82, 0.85),
    SignalCode.INFORMAL_TONE: (0.90, 0.94),
    SignalCode.FOLLOW_UP_EXCESS: (1.0, 1.0),
    SignalCode.LINK: (0.95, 0.87),
    SignalCode.SHOUTING: (0.92, 0.92),
    SignalCode.EMOJI_FLOOD: (0.97, 0.97),
    SignalCode.DISGUISED_TEXT: (0.93, 0.95),
}
OTHERS: Floors = {
    Element.INTRODUCTION: (0.93, 0.83),
    Element.CONTENT_REFERENCE: (0.81, 0.88),
    Element.INTEREST: (0.97, 0.79),
    Element.ASK: (0.96, 0.92),
    Element.CONTACT_EMAIL: (0.97, 0.95),
    SignalCode.NO_CONTENT_REFERENCE: (0.87, 0.82),
    SignalCode.COPY_PASTE: (0.84, 0.68),
    SignalCode.RATE_IN_FIRST_MESSAGE: (0.75, 0.68),
    SignalCode.BRIEF_IN_FIRST_MESSAGE: (0.70, 0.73),
    SignalCode.INFORMAL_TONE: (0.81, 0.57),
    SignalCode.FOLLOW_UP_EXCESS: (1.0, 1.0),
    SignalCode.LINK: (0.97, 0.87),
    SignalCode.SHOUTING: (0.97, 0.88),
    SignalCode.EMOJI_FLOOD: (0.97, 0.97),
    SignalCode.DISGUISED_TEXT: (0.90, 0.84),
}
"""German, Spanish, French and Portuguese together."""


@cache
def held() -> tuple[Judged, ...]:
    """Return the messages that nothing was tuned on, judged."""
    return judged_messages(each for each in read_messages() if each.half is Half.HELD)


def counts_of(code: str, languages: Iterable[str]) -> Counts:
    """Count what is found of one element or signal in some languages."""
    return counted(
        (code in each.message.codes, code in each.found)
        for each in held()
        if each.message.language in languages
    )


@pytest.mark.parametrize("code", CODES)
def test_english_stays_above_its_floors(code: Element | SignalCode) -> None:
    """In English, precision and recall are above what they were, less three points."""
    assert_above(ENGLISH[code], counts_of(code, {"en"}))


@pytest.mark.parametrize("code", CODES)
def test_other_languages_stay_above_theirs(code: Element | SignalCode) -> None:
    """So are they in the other languages with a lexicon, taken together."""
    assert_above(OTHERS[code], counts_of(code, LANGUAGES.keys() - {"en"}))


def assert_above(floors: tuple[float, float], counts: Counts) -> None:
    """Compare both figures with their floors."""
    assert counts.precision is not None
    assert counts.recall is not None
    assert counts.precision.value >= floors[0]
    assert counts.recall.value >= floors[1]


def test_languages_are_told_apart() -> None:
    """Hardly a message is taken for one in another language."""
    told = [each.judgement.language == each.message.language for each in held()]
    assert sum(told) >= 0.96 * len(told)
