"""The words that show something, found in whichever form of a text."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from pipeline.signals._message import Message, Span


class Form(Enum):
    """The forms of a text that a place can lie in."""

    ORIGINAL = "original"
    FOLDED = "folded"
    WORDS = "words"


class Evidence(msgspec.Struct, frozen=True):
    """Where the words that show something stand; it may have none.

    Most evidence is never looked at, so it is led back to the original text only when asked for.
    """

    message: Message
    form: Form
    places: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        """Return their places in the original text, from left to right; neighbours are one."""
        match self.form:
            case Form.ORIGINAL:
                spans: Iterable[Span] = self.places
            case Form.FOLDED:
                spans = (self.message.span_of_folded(*place) for place in self.places)
            case Form.WORDS:
                spans = (self.message.span_of_words(*place) for place in self.places)
        merged: list[Span] = []
        for start, end in sorted(spans):
            if merged and not self.message.text[merged[-1][1] : start].strip():
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return tuple(merged)

    @property
    def words(self) -> str:
        """Return the words themselves, what lies between them as an ellipsis."""
        return " … ".join(self.message.text[start:end] for start, end in self.spans)


def in_original(message: Message, *places: Span) -> Evidence:
    """Return evidence at places of the original text."""
    return Evidence(message, Form.ORIGINAL, places)


def in_folded(message: Message, *places: Span) -> Evidence:
    """Return evidence at places of the folded text."""
    return Evidence(message, Form.FOLDED, places)


def in_words(message: Message, *places: Span) -> Evidence:
    """Return evidence at places of the normalised text."""
    return Evidence(message, Form.WORDS, places)
