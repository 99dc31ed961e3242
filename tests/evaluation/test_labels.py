"""The labelled messages keep to the guide, as far as a program can say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from evaluation.messages import FILES, Half, Labelled, read_messages
from pipeline.signals import LANGUAGES, Element, SignalCode

IN_OPENERS = {
    SignalCode.NO_CONTENT_REFERENCE,
    SignalCode.RATE_IN_FIRST_MESSAGE,
    SignalCode.BRIEF_IN_FIRST_MESSAGE,
    SignalCode.LINK,
}


def faults(message: Labelled) -> Iterator[str]:
    """Yield what is wrong with the labels of one message."""
    opener, known = message.step == 0, message.language in LANGUAGES
    if not message.elements <= set(Element) or not message.signals <= set(SignalCode):
        yield "a code that there is none of"
    lacking = opener and known and Element.CONTENT_REFERENCE not in message.elements
    if lacking is not (SignalCode.NO_CONTENT_REFERENCE in message.signals):
        yield "an opener without a reference to content says so, and nothing else does"
    if not opener and message.signals & IN_OPENERS:
        yield "a follow-up with what is labelled in openers only"
    if (message.step > 2) is not (SignalCode.FOLLOW_UP_EXCESS in message.signals):
        yield "a step above 2 is one too many, and no other"
    judged = {Element.CONTACT_EMAIL}
    if message.creator_content:
        judged.add(Element.CONTENT_REFERENCE)
    if not known and not message.elements <= judged:
        yield "an element that is not labelled in a language without a lexicon"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_labels_keep_to_the_guide(file: Path) -> None:
    """Every code exists and stands where the guide allows it."""
    found = {message.body: list(faults(message)) for message in read_messages([file])}
    assert {body: wrong for body, wrong in found.items() if wrong} == {}


def test_the_set_is_broad() -> None:
    """Of 1,500 messages and more, either half has every element, signal and language."""
    messages = list(read_messages())
    assert len(messages) >= 1_500
    for half in Half:
        of_half = [message for message in messages if message.half is half]
        assert {message.language for message in of_half} > set(LANGUAGES)
        for language in LANGUAGES:
            there = Counter(
                code for each in of_half if each.language == language for code in each.codes
            )
            assert set(there) == {*Element, *SignalCode}
            assert min(there.values()) >= 5


def test_no_text_is_in_both_halves() -> None:
    """A text stands in the set once: what is held out is nowhere to be tuned on."""
    times = Counter(message.body for message in read_messages())
    assert [body for body, count in times.items() if count > 1] == []


def test_a_line_that_is_no_message_is_refused(tmp_path: Path) -> None:
    """A field with a typing error is not passed over."""
    file = tmp_path / "messages.jsonl"
    file.write_text(
        '\n{"held": true, "language": "en", "body": "Hi", "elements": [], "signal": []}\n', "utf-8"
    )
    with pytest.raises(msgspec.ValidationError):
        list(read_messages([file]))
