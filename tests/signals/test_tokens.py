"""The tokens of sentences, which are remembered, and those of whole texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.signals._remembered import LONGEST_REMEMBERED
from pipeline.signals._tokens import sentences_of, spans_of_tokens, tokens_of

_PIECES = ("hi", "10k", "3.5", "é", "don't", "a@b.example", "@ana", *".!?;$@ \n\x1c\x00&=\"'»")


@given(st.lists(st.sampled_from(_PIECES)).map("".join))
def test_sentences_hold_the_tokens_of_the_whole_text(folded: str) -> None:
    """Tokens found sentence by sentence are those that stand in the text as a whole."""
    whole = [folded[start:end] for start, end in spans_of_tokens(folded)]
    assert tokens_of(sentences_of(folded)) == whole


def test_a_sentence_too_long_to_be_remembered_has_its_tokens() -> None:
    """A sentence longer than what is remembered is read like any other."""
    words = ["word"] * LONGEST_REMEMBERED
    assert tokens_of([" ".join(words)]) == words
