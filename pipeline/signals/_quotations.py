"""Finds what a message quotes that is neither its own nor said to everyone."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._folding import fold
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._message import Message, Span

_MARKS: Final = re.compile(r"[\"\u201c\u201d\u201e\u00ab]")
_QUOTE: Final = re.compile(
    r"\"[^\"\n]{4,160}\"|[\u201c\u201d\u201e][^\u201c\u201d\n]{4,160}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{4,160}\u00bb"
)
_WORD: Final = re.compile(r"[^\W\d_]+")
_AROUND: Final = 40
_END: Final = re.compile(r"[.!?\n]")
_FEWEST: Final = 2


def quotation(message: Message, lexicon: Lexicon) -> Span | None:
    """Return where the original text quotes rare words, and nobody says that they are ours."""
    text = message.text
    if not _MARKS.search(text):
        return None
    for match in _QUOTE.finditer(text):
        words = _WORD.findall(fold(match[0]))
        if len(words) < _FEWEST or not _is_special(words, lexicon):
            continue
        before = _END.split(text[max(0, match.start() - _AROUND) : match.start()])[-1]
        after = _END.split(text[match.end() : match.end() + _AROUND])[0]
        if lexicon.tellings.quoting.isdisjoint(_WORD.findall(fold(f"{before} {after}"))):
            return match.span()
    return None


def _is_special(words: list[str], lexicon: Lexicon) -> bool:
    rare = {word for word in words if lexicon.is_rare(word)}
    return len(rare) >= _FEWEST or any(lexicon.is_singular(word) for word in rare)
