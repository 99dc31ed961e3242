"""Judges a text, and remembers what the latest were found to be.

Many messages are sent word for word more than once: above all follow-ups, which seldom say
anything of whom they are sent to.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.signals._context import Context
from pipeline.signals._folding import fold
from pipeline.signals._judge import inquire
from pipeline.signals._judged_text import JudgedText, judged_text
from pipeline.signals._message import Message
from pipeline.signals._remembered import LONGEST_REMEMBERED, TEXTS_REMEMBERED
from pipeline.signals._standards import Standards, shipped_standards


def judge_text(
    body: str,
    creator_name: str | None,
    creator_content: tuple[str, ...] = (),
    standards: Standards | None = None,
) -> JudgedText:
    """Return what a text shows, wherever it may stand. Pure, as `judge` is.

    >>> judged = judge_text("omg luv ur page, see www.crumpet.example", "Ana")
    >>> [code.value for code in judged.marks.seen(opens=False, excess=False).signals]
    ['informal_tone']
    >>> judged.words
    ('luv ur page', 'omg luv ur', 'www.crumpet.example')
    """
    name = creator_name or ""
    standards = standards or shipped_standards()
    if creator_content or len(body) > LONGEST_REMEMBERED:
        return _judge(body, name, creator_content, standards)[1]
    memory = _memory_of(body, standards)
    known = memory.latest
    if known is None or known.of_name != _words_in(known.said, name):
        message, judged = _judge(body, name, creator_content, standards)
        said = f"{message.wording} {message.normalised}"
        known = memory.latest = _Known(said, _words_in(said, name), judged)
    return known.judged


class _Known(NamedTuple):
    """What was found in a text."""

    said: str
    """All that a word of a creator's name can stand in."""
    of_name: tuple[str, ...]
    """The words that it has of the name of the creator to whom it was sent."""
    judged: JudgedText


class _Memory:
    """A place for what is found in a text by some standards."""

    __slots__ = ("latest",)

    def __init__(self, _body: str, _standards: Standards) -> None:
        self.latest: _Known | None = None


_memory_of: Final = lru_cache(maxsize=TEXTS_REMEMBERED)(_Memory)


def _words_in(said: str, name: str) -> tuple[str, ...]:
    """Return the words of a name that stand in a text; others make no difference to it."""
    return tuple([word for word in _words_of(name) if word in said])


@lru_cache(maxsize=2**10)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(fold(name).split())


def _judge(
    body: str, name: str, creator_content: tuple[str, ...], standards: Standards
) -> tuple[Message, JudgedText]:
    context = Context(creator_name=name, creator_content=creator_content, max_follow_ups=None)
    inquiry = inquire(body, context, standards)
    return inquiry.message, judged_text(inquiry, standards)
