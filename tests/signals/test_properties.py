from __future__ import annotations

import string
import sys
from itertools import chain, combinations
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.signals import (
    Context,
    Element,
    SignalCode,
    judge,
    quality_of,
    shipped_standards,
)

WEIGHTS = shipped_standards().weights
PIECES = st.sampled_from(
    [
        *("I'm Ruth from Larkpan, we make pans.", "your video about sourdough", "interested?"),
        *("we'd love to work with you", "tess at northfold dot example", "a@b.example", "$300"),
        *("3 reels by Friday", "pls", "u", "https://a.example/x", "a.example", "LOVE THIS NOW"),
        *(
            "!!!",
            "🔥",
            "👩🏽‍🍳",
            "c0llab",
            "f r e e",
            "f*ee",
            "l\u043eve",
            "wo\u200brk",
            "{{name}}",
        ),
        *(
            "[NAME]",
            "Dear creator",
            "ich bin",
            "para ti",
            "ça",
            "não",
            "привет",
            "\u0130",
            "ß",
            "ﬁ",
        ),
        *(
            "l'idée",
            "\ufeff",
            "\n",
            "?",
            ".",
            "'",
            "@",
            "#",
            "(at)",
            "\u0301",
            "\U0001d5db\U0001d5f2\U0001d606",
            "\uff57\uff45",
        ),
    ]
)
BODIES = st.one_of(
    st.text(), st.lists(PIECES, max_size=20).map(" ".join), st.lists(PIECES).map("".join)
)
CONTEXTS = st.builds(
    Context,
    step=st.integers(0, 5),
    creator_name=st.sampled_from(["", "Mia", "İ"]),
    creator_content=st.lists(st.sampled_from(["My sourdough diary", "ß", ""])).map(tuple),
    language=st.sampled_from(["", "en", "de-AT", "pt_BR", "xx", "EN"]),
)
ELEMENTS = st.sets(st.sampled_from(Element))
MISTAKES = st.sets(st.sampled_from(SignalCode))


@given(BODIES, CONTEXTS)
def test_any_text_can_be_judged(body: str, context: Context) -> None:
    """Whatever a message holds, it is judged, and all evidence lies inside of it."""
    judgement = judge(body, context)
    assert 0 <= judgement.quality.score <= 100
    found = [*judgement.elements.values(), *(signal.evidence for signal in judgement.signals)]
    for start, end in chain.from_iterable(evidence.spans for evidence in found):
        assert 0 <= start < end <= len(body)


@given(BODIES, CONTEXTS)
def test_the_same_message_is_judged_alike(body: str, context: Context) -> None:
    """A judgement depends on nothing but the message and what is known of it."""
    first, second = judge(body, context), judge(body, context)
    assert first.quality == second.quality
    assert [one.code for one in first.signals] == [one.code for one in second.signals]


@given(BODIES)
def test_a_reference_is_there_or_missed(body: str) -> None:
    """An opener in a known language has a content reference, or the signal that it has none."""
    judgement = judge(body, Context(language="en"))
    codes = {signal.code for signal in judgement.signals}
    assert (Element.CONTENT_REFERENCE in judgement.elements) != (
        SignalCode.NO_CONTENT_REFERENCE in codes
    )


@given(ELEMENTS, MISTAKES, st.sampled_from(Element))
def test_an_element_more_never_lowers_quality(
    elements: set[Element], mistakes: set[SignalCode], one_more: Element
) -> None:
    """Quality is monotone in the elements."""
    before = quality_of(elements, mistakes, WEIGHTS).score
    assert quality_of(elements | {one_more}, mistakes, WEIGHTS).score >= before


@given(ELEMENTS, MISTAKES, st.sampled_from(SignalCode))
def test_a_mistake_more_never_raises_quality(
    elements: set[Element], mistakes: set[SignalCode], one_more: SignalCode
) -> None:
    """Quality is monotone in the mistakes, the other way."""
    before = quality_of(elements, mistakes, WEIGHTS).score
    assert quality_of(elements, mistakes | {one_more}, WEIGHTS).score <= before


def test_quality_is_the_sum_of_its_parts() -> None:
    """All elements and no mistake make 100; otherwise the parts add up, within 0 and 100."""
    assert quality_of(tuple(Element), (), WEIGHTS).score == 100
    for pair in combinations(SignalCode, 2):
        quality = quality_of(tuple(Element), pair, WEIGHTS)
        assert quality.score == max(0, sum(quality.parts.values()))


@given(BODIES, st.text(alphabet=" \t\n", max_size=5))
def test_space_behind_a_message_does_not_matter(body: str, space: str) -> None:
    """A message has the same signals with white space behind it."""
    assert _codes(body) == _codes(body + space)


@given(st.sampled_from(["pls", "we offer $300", "usage rights", "Dear creator", "luv"]), st.data())
def test_capitals_do_not_hide_words(words: str, data: st.DataObject) -> None:
    """What was found in small letters is found whichever of them are capitals."""
    body = f"this is for you and {words} that we have"
    shouted = "".join(
        letter.upper() if letter in string.ascii_letters and data.draw(st.booleans()) else letter
        for letter in body
    )
    assert _codes(body) - _codes(shouted) <= {SignalCode.INFORMAL_TONE}


def _codes(body: str) -> set[SignalCode]:
    return {signal.code for signal in judge(body, Context(language="en")).signals}


UNITS = (
    *(
        "a",
        "your ",
        "your video ",
        "we ",
        "we would ",
        "a.",
        "a@",
        "a.a@",
        "1,",
        "'",
        "!",
        "[",
        "{",
    ),
    *("{{", "[name", "a ", "a b ", "a-", "x dot ", "a at ", "c0", "f*", "$", "3 reels ", "%a", "_"),
    *(
        "\u0301",
        "\u200b",
        "a\u200b",
        "\u043e",
        "a\u043e",
        "🔥",
        "👩\u200d",
        "A",
        "AB ",
        "www.",
        "://",
    ),
    *(
        "i am a ",
        "not you ",
        "http://",
        "\n",
        ". ",
        "?",
        "l'",
        "İ",
        "ß",
        "\uff10",
        "(",
        "dot ",
        "*|",
    ),
    *("c0llab ", "pls ", "f r e e ", "x.de ", "a@b.de ", "sourdough ", "your sourdough ", "$300 "),
)
"""What patterns begin with, and what is found."""
KNOWN = Context(language="en", creator_content=("My sourdough diary",))


@pytest.mark.parametrize("unit", UNITS)
def test_hostile_bodies_are_judged(unit: str) -> None:
    """A body of great length that repeats what patterns begin with comes to an end."""
    body = unit * (60_000 // len(unit)) + "\nwe offer pay per post, $300, for this"
    judgement = judge(body, KNOWN)
    assert SignalCode.RATE_IN_FIRST_MESSAGE in {signal.code for signal in judgement.signals}


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length_of_a_body(unit: str) -> None:
    """Of a body twice as long, judged and with its evidence, twice the calls are made at most."""
    _calls(unit * 200)
    short, long = _calls(unit * 2_000), _calls(unit * 4_000)
    assert long <= 2.1 * short + 200


def _calls(body: str) -> int:
    """Count the calls of functions that judging a body takes."""
    calls = 0

    def note(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        judgement = judge(body, KNOWN)
        for signal in judgement.signals:
            assert signal.evidence.words is not None
    finally:
        sys.setprofile(before)
    return calls
