"""Texts that are judged again, with what is remembered of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.signals import Context, Element, SignalCode, judge, judge_text
from pipeline.signals._registry import MISTAKES

_WORDS = (
    "Hi",
    "Ana",
    "Wardrobian,",
    "you",
    "did",
    "a",
    "wardrobian.",
    "We",
    "love",
    "anaaaa",
    "🔥",
)
_NAMES = ("", "Ana", "Wardrobian", "Ana Wardrobian", "An", "Zed")
_CONTENT = ("My wardrobe is haunted",)


@pytest.mark.parametrize("names", [("Zed", "Wardrobian"), ("Wardrobian", "Zed")])
def test_what_is_remembered_of_a_text_is_not_told_of_another_creator(
    names: tuple[str, str],
) -> None:
    """A word that refers to content in a message to one is the name of the other."""
    body = f"You did a wardrobian, {len(names[0])} times."

    refers = {name: judge_text(body, name).marks.refers for name in names}

    assert refers == {"Zed": True, "Wardrobian": False}


def test_what_is_remembered_of_a_text_is_not_told_where_content_is_known() -> None:
    """The same text refers to nothing that a creator is known to have posted."""
    body = "You did a wardrobian. Shall we talk?"

    assert judge_text(body, None).marks.refers
    assert not judge_text(body, None, ("My lobster is hungry",)).marks.refers
    assert judge_text(body, None).marks.refers


@given(
    st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join),
    st.lists(st.sampled_from(_NAMES), min_size=1, max_size=4),
    st.sampled_from([(), _CONTENT]),
)
def test_a_text_is_judged_as_if_nothing_were_remembered(
    body: str, names: list[str], content: tuple[str, ...]
) -> None:
    """To whomever it was sent before, a text shows what `judge` finds in it."""
    for name in names:
        context = Context(creator_name=name, creator_content=content, max_follow_ups=None)
        judged = judge(body, context)
        found = judge_text(body, name, content)

        assert found.words == tuple(signal.evidence.words for signal in judged.signals)
        assert found.marks.quality == judged.quality.score
        assert found.marks.refers == (Element.CONTENT_REFERENCE in judged.elements)


def test_mistakes_are_found_in_the_order_in_which_signals_are_kept() -> None:
    """The words of signals are kept in the order of their bits."""
    assert [mistake.code for mistake in MISTAKES] == list(SignalCode)
