from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.copies import Wording
from pipeline.judging import JudgingError, JudgingProcess, Text
from pipeline.signals import judge_text

TEXTS = [
    Text("Hi Ana! We love your page and offer $300 for a post.", "Ana Lopez"),
    Text("Your skillet rescue was great 🙃\x00", None, ("How I rescued a skillet",)),
    Text(""),
]


@pytest.fixture
def process() -> Iterator[JudgingProcess]:
    """Return a process that has not been started."""
    with JudgingProcess() as process:
        yield process


def test_texts_are_judged_as_here(process: JudgingProcess) -> None:
    """What comes back is what the functions say, in the order of the texts."""
    found = process.judge(TEXTS)

    assert [each.text for each in found] == [
        judge_text(text.body, text.creator_name, text.creator_content) for text in TEXTS
    ]
    assert [each.masked for each in found] == [
        Wording(text.body, text.creator_name).masked() for text in TEXTS
    ]


def test_no_texts_start_no_process(process: JudgingProcess) -> None:
    """Batches of replies cost nothing."""
    assert process.judge([]) == []
    assert process._child is None


def test_a_process_that_died_is_started_again(process: JudgingProcess) -> None:
    """Whoever ordered notices nothing but the time."""
    before = process.judge(TEXTS)
    assert process._child is not None
    process._child.kill()

    assert process.judge(TEXTS) == before


def test_an_interrupted_order_is_not_begun_again(process: JudgingProcess) -> None:
    """An agent that stops is not held up by what nobody waits for."""
    process.judge(TEXTS)
    process.interrupt()

    with pytest.raises(JudgingError, match="in the middle of 3 texts"):
        process.judge(TEXTS)


def test_what_is_interrupted_before_it_begins_never_does(process: JudgingProcess) -> None:
    """An agent that stops before its first order starts no process for it."""
    process.interrupt()

    with pytest.raises(JudgingError, match="in the middle of 3 texts"):
        process.judge(TEXTS)
    assert process._child is None
