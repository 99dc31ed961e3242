"""Mostly capitals, or bursts of exclamation marks."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._evidence import Evidence, in_original
from pipeline.signals._folding import fold
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Span

SUGGESTION = "Write in sentence case, with one exclamation mark at the most."

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0400-\u042f\u0386-\u03ab"
_LOWER: Final = "a-z\u00df-\u00f6\u00f8-\u00ff\u0430-\u045f\u03ac-\u03ce"
_CAPITALS: Final = re.compile(f"[{_UPPER}]{{4}}")
_WORD: Final = re.compile(f"[{_UPPER}{_LOWER}][{_UPPER}{_LOWER}'\u2019]*+")
_UPPER_LETTERS: Final = re.compile(f"[{_UPPER}]")
_LOWER_LETTERS: Final = re.compile(f"[{_LOWER}]")
_BURST: Final = re.compile("[!\u00a1\uff01?1]{2,}+")
_WIDE_MARK: Final = "\uff01"
_LONGEST_ACRONYM: Final = 4
_FEWEST_LETTERS: Final = 6


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for exclamation marks in a row, then for capitals."""
    text = inquiry.message.text
    places = _bursts(inquiry) if "!" in text or _WIDE_MARK in text else []
    if _CAPITALS.search(text):
        places += _shouted(inquiry)
    return in_original(inquiry.message, *places) if places else None


def _bursts(inquiry: Inquiry) -> list[Span]:
    most = inquiry.thresholds.exclamation_marks
    text = inquiry.message.text
    marks = _marks_in(text)
    if marks < most:
        return []
    runs = [(match.span(), _marks_in(match[0])) for match in _BURST.finditer(text)]
    bursts = [span for span, count in runs if count >= most]
    doubled = [span for span, count in runs if count > 1]
    return bursts or (doubled if len(doubled) >= most - 1 or marks >= most + 3 else [])


def _marks_in(text: str) -> int:
    return text.count("!") + text.count(_WIDE_MARK)


def _shouted(inquiry: Inquiry) -> list[Span]:
    """Return the words in capitals, if they are most of the text or many in a row.

    Acronyms count neither way: short words that nobody writes small, unless a longer one stands
    beside them.
    """
    text, thresholds = inquiry.message.text, inquiry.thresholds
    runs: list[list[re.Match[str]]] = [[]]
    for word in _WORD.finditer(text):
        if len(word[0]) > 1 and word[0].isupper():
            runs[-1].append(word)
        elif len(word[0]) > 1 and runs[-1]:
            runs.append([])
    loud = [run for run in runs if any(_is_word(inquiry, word[0]) for word in run)]
    spans = [(run[0].start(), run[-1].end()) for run in loud]
    upper = sum(len(word[0]) for run in loud for word in run)
    lower = len(_LOWER_LETTERS.findall(text))
    if upper >= _FEWEST_LETTERS and upper * 100 > thresholds.shouted_percent * (upper + lower):
        return spans
    return [
        span
        for span, run in zip(spans, loud, strict=True)
        if len(run) >= thresholds.shouted_words
        and sum(_is_word(inquiry, word[0]) for word in run) >= thresholds.shouted_words - 1
    ]


def _is_word(inquiry: Inquiry, word: str) -> bool:
    """Say whether this is more than an acronym: long, or a word that everyone uses."""
    if len(word) > _LONGEST_ACRONYM:
        return True
    lexicon = inquiry.message.lexicon
    return lexicon is not None and lexicon.is_common(fold(word))
