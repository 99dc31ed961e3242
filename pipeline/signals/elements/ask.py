"""One specific ask or next step."""

from __future__ import annotations

from typing import Final

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import QUESTION_END

SUGGESTION = "End with one small question: a call, their media kit, or an address for a sample."

_QUESTION: Final = f" {QUESTION_END} "
_STATEMENT: Final = ". "


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words that ask for something, then for any other question that wants an answer."""
    message = inquiry.message
    idle = message.places(Topic.SMALL_TALK)
    places = [
        (start, end)
        for start, end in message.places(Topic.ASK)
        if not any(first <= start and end <= last for first, last in idle)
    ]
    if places:
        return in_words(message, *places[:2])
    question = _question(message)
    return in_words(message, question) if question else None


def _question(message: Message) -> Span | None:
    """Return the last question that is more than small talk."""
    normalised = message.normalised
    idle = {end for _, end in message.places(Topic.SMALL_TALK)}
    end = normalised.rfind(_QUESTION)
    while end > 0 and end + len(_QUESTION) in idle:
        end = normalised.rfind(_QUESTION, 0, end)
    if end < 0:
        return None
    start = max(normalised.rfind(mark, 0, end) for mark in (_STATEMENT, _QUESTION[1:]))
    return start + len(_STATEMENT), end + len(_QUESTION)
