from __future__ import annotations

import pytest

from pipeline.signals import LANGUAGES, judge
from tests.signals._labelled import CODES, Code, count, judged

HELD = [each for each in judged() if each.held]
TUNED = [each for each in judged() if not each.held]


def test_the_set_is_broad() -> None:
    """The set holds every element and signal in either half, and no text twice."""
    assert len({each.body for each in judged()}) == len(judged()) >= 200
    for half in (HELD, TUNED):
        assert {each.language for each in half} > set(LANGUAGES)
        assert frozenset(CODES) <= frozenset().union(*(each.expected for each in half))


@pytest.mark.parametrize("code", CODES)
def test_what_was_tuned_on_is_right(code: Code) -> None:
    """Hardly a message that the lexicons were tuned on is judged otherwise than by a reader."""
    counts = count(TUNED, code)
    assert counts.precision >= 0.97
    assert counts.recall >= 0.97


@pytest.mark.parametrize("code", CODES)
def test_what_was_held_out_is_mostly_right(code: Code) -> None:
    """Precision and recall stay above their floors on messages that nothing was tuned on."""
    counts = count(HELD, code)
    assert counts.precision >= 0.88
    assert counts.recall >= 0.88


def test_languages_are_told_apart() -> None:
    """Every labelled message is taken for one in its language."""
    wrong = [each.body for each in judged() if each.found_language != each.language]
    assert wrong == []


def test_the_language_of_chats_is_english_too() -> None:
    """A text without a single whole sentence is judged, and what is wrong with it is named."""
    body = "hey hun!! luv ur content, we pay $500 per reel, lmk asap"
    judgement = judge(body)
    assert judgement.language == "en"
    codes = {signal.code for signal in judgement.signals}
    assert {"informal_tone", "rate_in_first_message", "no_content_reference"} <= codes
