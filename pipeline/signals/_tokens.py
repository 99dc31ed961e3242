"""The tokens of a folded text: words, numbers, signs that say something, addresses, and stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.signals._remembered import LONGEST_REMEMBERED, SENTENCES_REMEMBERED

Span = tuple[int, int]

# Every repetition is bounded or possessive: time is linear in the text, whatever it holds.
_WRITTEN: Final = (
    r"[^\W\d_]{1,40}+(?:'[^\W\d_]{1,40}+){0,2}+|\d++(?:[.,:]\d++)*+(?:k(?![a-z]))?"
    r"|[$£¥%\u20a0-\u20c0]|\?++(?![\w=&\"'”»])|[!;\r\n]++|\.(?=\s|$)"
)
_ASCII_WRITTEN: Final = _WRITTEN.replace(r"[^\W\d_]", "[a-z]").replace(r"\d", "[0-9]")
_ADDRESS: Final = r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}+|@[\w.]*+|"
_PLAIN: Final = re.compile(_WRITTEN)
_ASCII: Final = re.compile(_ASCII_WRITTEN)
_WITH_ADDRESSES: Final = re.compile(_ADDRESS + _WRITTEN)
_ASCII_WITH_ADDRESSES: Final = re.compile(_ADDRESS + _ASCII_WRITTEN)


_STOPS: Final = ".!?"
_CUT: Final = "\x1c"
"""White space that hardly a text holds; no token goes on behind any, so it cuts none apart."""


def sentences_of(folded: str) -> list[str]:
    """Return the sentences of a folded text, in which the same tokens stand as in the whole.

    >>> sentences_of("hi ana! can we talk?  10.5k")
    ['hi ana!', 'can we talk?', ' 10.5k']
    """
    for stop in _STOPS:
        folded = folded.replace(f"{stop} ", f"{stop}{_CUT}")
    return folded.split(_CUT)


def tokens_of(sentences: list[str]) -> list[str]:
    """Return the tokens of the sentences of a folded text. Linear in their length.

    Sentences recur in campaigns, so the tokens of the latest are remembered.

    >>> tokens_of(["hi ana!", "10k for 2 reels?", "tess@northfold.example"])
    ['hi', 'ana', '!', '10k', 'for', '2', 'reels', '?', 'tess@northfold.example']
    """
    found: list[str] = []
    for sentence in sentences:
        known = _remembered if len(sentence) <= LONGEST_REMEMBERED else _tokens_in
        found += known(sentence)
    return found


def tokens_of_sentence(sentence: str) -> tuple[str, ...]:
    """Return the tokens of one sentence."""
    known = _remembered if len(sentence) <= LONGEST_REMEMBERED else _tokens_in
    return known(sentence)


def _tokens_in(sentence: str) -> tuple[str, ...]:
    if "@" not in sentence:
        return tuple((_ASCII if sentence.isascii() else _PLAIN).findall(sentence))
    return tuple(
        token
        for pattern, start, end in _stretches(sentence)
        for token in pattern.findall(sentence, start, end)
    )


_remembered: Final = lru_cache(maxsize=SENTENCES_REMEMBERED)(_tokens_in)


def spans_of_tokens(folded: str) -> list[Span]:
    """Return where the tokens stand."""
    return [
        match.span()
        for pattern, start, end in _stretches(folded)
        for match in pattern.finditer(folded, start, end)
    ]


def _stretches(folded: str) -> Iterator[tuple[re.Pattern[str], int, int]]:
    """Yield the stretches of a text with and without an "@", and what finds the tokens in each.

    They are cut at spaces, which stand in no token: to look for addresses takes twice as long.
    """
    plain, addressed = (
        (_ASCII, _ASCII_WITH_ADDRESSES) if folded.isascii() else (_PLAIN, _WITH_ADDRESSES)
    )
    reached = 0
    sign = folded.find("@")
    while sign >= 0:
        start = max(folded.rfind(" ", reached, sign), reached)
        end = folded.find(" ", sign)
        end = len(folded) if end < 0 else end
        yield plain, reached, start
        yield addressed, start, end
        reached = end
        sign = folded.find("@", reached)
    yield plain, reached, len(folded)
