from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.signals import Context, SignalCode, judge, judge_text
from pipeline.signals._judged_text import LONGEST_EVIDENCE

PIECES = [
    "Hi Ana!",
    "Hi {first_name}!",
    "We love your page.",
    "You'd be a great fit for our autumn campaign.",
    "omg luv ur content babe",
    "We pay $300 for 4 reels by Friday.",
    "See www.crumpet.example",
    "FREE STUFF FOR EVERYONE TODAY!!!",
    "✨✨✨✨✨",
    "fr€€ c0llab",
    "Deine Videos sind toll.",
    "Your sourdough rescue video made me laugh.",
]
BODIES = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(body=BODIES, step=st.integers(0, 4), most=st.none() | st.integers(0, 3))
def test_a_text_judged_once_shows_what_it_shows_at_every_step(
    body: str, step: int, most: int | None
) -> None:
    """Quality, signals and words are those of a judgement that knows where the message stands."""
    context = Context(step=step, max_follow_ups=most, creator_name="Ana")
    expected = judge(body, context)

    judged = judge_text(body, "Ana")

    excess = most is not None and step > most
    seen = judged.marks.seen(opens=step == 0, excess=excess)
    assert seen.quality == expected.quality.score
    assert seen.signals == tuple(signal.code for signal in expected.signals)
    for signal in expected.signals:
        assert judged.evidence(signal.code) == signal.evidence.words


def test_evidence_is_cut_where_it_goes_on_for_pages() -> None:
    """A row stays a row."""
    judged = judge_text("BUY OUR STUFF NOW " * 400, None)

    words = judged.evidence(SignalCode.SHOUTING)

    assert len(words) == LONGEST_EVIDENCE + 1
    assert words.endswith("…")


@pytest.mark.parametrize("code", SignalCode)
def test_a_text_without_a_signal_has_no_words_for_it(code: SignalCode) -> None:
    """Asking for what is not there is no mistake: a late message may have changed the place."""
    assert judge_text("", None).evidence(code) == ""
