"""Rare words that a message has in common with a creator's content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipeline.signals._disguises import guarded_words
from pipeline.signals._folding import fold
from pipeline.signals._language import UNDETERMINED, language_of_script
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._message import Message, Span
from pipeline.signals._remembered import WORDS_REMEMBERED
from pipeline.signals._standards import shipped_finder
from pipeline.signals._topics import Topic

_WORD: Final = re.compile(r"[^\W\d_]{3,40}+")
_STEM: Final = 6
_ENDING: Final = re.compile(r"(?:ings?|ed|ers?|ies|es|en|y|s|e|a|o|as|os)$")
_MOST: Final = 8
_FEW: Final = 2
_NEAR: Final = 20
"""So many characters before a shared word nothing may say that it is the brand's own."""
_BRANDS_OWN: Final = re.compile(
    r" (?:our|my|unser\w*|nuestr\w*|notre|nos|noss\w*) (?:[^ .?]+ ){0,2}$"
)


def shared_words(
    message: Message, content: tuple[str, ...], names: frozenset[str], told: Iterable[Span]
) -> tuple[Span, ...] | None:
    """Return where words of the content stand in the normalised message; None if none is shared.

    Empty if they are too few: one is enough in a sentence that speaks of something of the
    creator's, or in which something is `told` of them; otherwise it takes two.
    """
    stems = _stems(content, message.lexicon)
    normalised = message.normalised
    if not any(map(normalised.__contains__, _beginnings(content, message.lexicon))):
        return None
    words = message.token_set - names - (message.lexicon.stop_words if message.lexicon else names)
    shared = [word for word in words if _stem(word) in stems]
    if not shared:
        return None
    positions = {normalised.find(f" {word} ") + 1: word for word in shared}
    found = [
        (position, position + len(word) + 1)
        for position, word in sorted(positions.items())
        if position and not _is_brands_own(normalised, position)
    ]
    if len(found) >= _FEW or (found and _refers(message, found[0][0], told)):
        return tuple(found[:_MOST])
    return ()


def agrees_in_language(message: Message, content: tuple[str, ...]) -> bool:
    """Say whether the content is in the message's language, or in none that one could tell."""
    return _language(content) in {message.language, UNDETERMINED}


@lru_cache(maxsize=2**10)
def _language(content: tuple[str, ...]) -> str:
    language = shipped_finder().find(_words(content))
    return language_of_script(" ".join(content)) if language == UNDETERMINED else language


def _refers(message: Message, position: int, told: Iterable[Span]) -> bool:
    """Say whether the sentence around a position speaks of something of the creator's."""
    normalised = message.normalised
    start = max(normalised.rfind(". ", 0, position), normalised.rfind("? ", 0, position))
    ends = [normalised.find(mark, position) for mark in (". ", "? ")]
    end = min((place for place in ends if place >= 0), default=len(normalised))
    topics = (*message.places(Topic.REFERENCE), *message.places(Topic.OWNED))
    return any(start <= place < end for place, _ in topics) or any(
        first < end and start < last for first, last in told
    )


def _is_brands_own(normalised: str, position: int) -> bool:
    return bool(_BRANDS_OWN.search(normalised, max(0, position - _NEAR), position))


@lru_cache(maxsize=2**10)
def _stems(content: tuple[str, ...], lexicon: Lexicon | None) -> frozenset[str]:
    """Return the stems of the content's words that are not said to everyone."""
    return frozenset(
        _stem(word)
        for word in _words(content)
        if not (lexicon.is_common(word) if lexicon else word in guarded_words())
    )


@lru_cache(maxsize=2**10)
def _beginnings(content: tuple[str, ...], lexicon: Lexicon | None) -> tuple[str, ...]:
    """Return what stands in a normalised text that holds a word of the content."""
    return tuple(f" {stem}" for stem in _stems(content, lexicon))


@lru_cache(maxsize=2**10)
def _words(content: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(" ".join(content))))


@lru_cache(maxsize=WORDS_REMEMBERED)
def _stem(word: str) -> str:
    """Return what the forms of a word have in common; it need not be a word itself."""
    return _ENDING.sub("", word)[:_STEM]
