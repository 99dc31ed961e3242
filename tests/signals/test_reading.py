from __future__ import annotations

import pytest

from pipeline.signals import Context, judge, shipped_standards
from pipeline.signals._reading import read_message


@pytest.mark.parametrize("space", ["\u2028", "\u00a0", "\u2003", "\t", "\n"])
def test_no_word_is_read_twice_whatever_white_space_stands_before_it(space: str) -> None:
    """What is read out of disguises keeps its place, so that its evidence can be shown."""
    text = f"Get ver1fied t0day -> blx@y.{space}comue-t1ck.info"
    standards = shipped_standards()

    message = read_message(text, Context(), standards.finder, standards.lexicons)
    judged = judge(text)

    assert len(message.folded) == len(message.wording) == len(text)
    assert all(text.find(signal.evidence.words) >= 0 for signal in judged.signals)
    assert all(text.find(found.words) >= 0 for found in judged.elements.values())
