from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.copies import mask, readable


@pytest.mark.parametrize(
    ("body", "name", "masked"),
    [
        ("Hi Anna, see you", "Anna Lopez", "hi N see you"),
        ("So good, ANNA LOPEZ!", "Anna Lopez", "so good N"),
        ("Hi Annie! A word", "Anna Lopez", "hi N a word"),
        ("Hallo Jörg, wir sind da", None, "hallo N wir sind da"),
        ("Bonjour Anne-Marie, nous voici", None, "bonjour N nous voici"),
        ("Olá João! Somos nós", "João Melo", "ola N somos nos"),
        ("look at @north.fold and @anna", None, "look at H and H"),
        ("go to https://north.example/a?b=1 now", None, "go to L now"),
        ("go to north.example/join or www.north.example", None, "go to L or L"),
        ("write to tess@north.example today", None, "write to M today"),
        ("we pay 1,500.00 for 3 posts by 12/05", None, "we pay D for D posts by D"),
        ("for the love of the sea", "The Food Guy", "for the love of the sea"),
    ],
)
def test_what_a_mail_merge_fills_in_is_masked(body: str, name: str | None, masked: str) -> None:
    """Names, handles, links, addresses and numbers leave a mark, and nothing else does."""
    assert mask(body, name) == masked


@pytest.mark.parametrize(
    "body",
    [
        "W\u0435 l\u043ev\u0435 your content",
        "We lo\u200bve your con\u2060tent",
        "\uff37\uff45 \uff4c\uff4f\uff56\uff45 your content",
        "WE LOVE YOUR CONTENT!!!",
        "We \u2728 love \U0001f60d your \U0001f525 content",
        "We l0v3 your c0nt3nt",
        "We lövé your content",
        "\U0001d416\U0001d41e love your content",
    ],
)
def test_a_disguise_comes_off(body: str) -> None:
    """Look-alikes, invisible characters, emoji, case, leet and accents don't change a text."""
    assert mask(body) == "we love your content"


def test_strewn_spaces_leave_the_letters_as_they_were() -> None:
    """A text in which words are split has the same letters in the same order."""
    assert mask("W e lo ve yo ur con tent").replace(" ", "") == "weloveyourcontent"


def test_people_are_shown_words_for_marks() -> None:
    """What was masked is named where a text is shown."""
    assert readable(mask("Hi Anna, see www.north.example or @north")) == (
        "hi <name> see <link> or <handle>"
    )


@given(st.text(max_size=300), st.none() | st.text(max_size=30))
def test_any_text_can_be_masked(body: str, name: str | None) -> None:
    """Whatever the characters, words with single spaces come out, and no digit or address."""
    masked = mask(body, name)
    assert masked == " ".join(masked.split())
    assert "@" not in masked
    assert not any(character.isdecimal() for character in masked)


@pytest.mark.parametrize("piece", ["a", "a.", "a@", "@a.", "1.", "1a", "hi ", "w.", "http://"])
def test_no_text_takes_long(piece: str) -> None:
    """A text made to make patterns try everything is masked all the same, in linear time."""
    assert isinstance(mask(piece * 50_000, piece), str)
