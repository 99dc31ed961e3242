"""Rare words that a message has in common with a creator's content."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from pipeline.signals._disguises import guarded_words
from pipeline.signals._folding import fold
from pipeline.signals._language import UNDETERMINED, language_of_script
from pipeline.signals._message import Message, Span
from pipeline.signals._standards import shipped_finder
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import EMAIL_ADDRESS

_WORD: Final = re.compile(r"[^\W\d_]{3,40}+")
_STEM: Final = 6
_ENDING: Final = re.compile(r"(?:ings?|ed|ers?|ies|es|en|y|s|e|a|o|as|os)$")
_SHORTEST: Final = 3
_MOST: Final = 8
_FEW: Final = 2
_NEAR: Final = 20
"""So many characters before a shared word nothing may say that it is the brand's own."""
_BRANDS_OWN: Final = re.compile(
    r" (?:our|my|unser\w*|nuestr\w*|notre|nos|noss\w*) (?:[^ .?]+ ){0,2}$"
)


def shared_words(
    message: Message, content: Iterable[str], names: frozenset[str]
) -> tuple[Span, ...]:
    """Return where words of the content stand in the normalised message.

    One is enough in a sentence that speaks of something of the creator's; otherwise two.
    """
    stems = frozenset().union(*map(_stems, content))
    normalised, lexicon = message.normalised, message.lexicon
    if stems.isdisjoint(map(_stem, normalised.split())):
        return ()
    found: list[Span] = []
    referring = False
    position = 0
    for word in normalised.split(" "):
        end = position + len(word) + 1
        if (
            len(word) >= _SHORTEST
            and word != EMAIL_ADDRESS
            and _stem(word) in stems
            and word not in names
            and not (lexicon.is_common(word) if lexicon else word in guarded_words())
            and not _BRANDS_OWN.search(normalised, max(0, position - _NEAR), position)
        ):
            found.append((position, end))
            referring = referring or _refers(message, position)
            if len(found) == _MOST:
                break
        position = end
    different = {normalised[start:end] for start, end in found}
    return tuple(found) if referring or len(different) >= _FEW else ()


def agrees_in_language(message: Message, content: Iterable[str]) -> bool:
    """Say whether the content is in the message's language, or in none that one could tell."""
    text = " ".join(content)
    language = shipped_finder().find(frozenset(_WORD.findall(fold(text))))
    if language == UNDETERMINED:
        language = language_of_script(text)
    return language in {message.language, UNDETERMINED}


def _refers(message: Message, position: int) -> bool:
    """Say whether the sentence around a position speaks of something of the creator's."""
    normalised = message.normalised
    start = max(normalised.rfind(". ", 0, position), normalised.rfind("? ", 0, position))
    ends = [normalised.find(mark, position) for mark in (". ", "? ")]
    end = min((place for place in ends if place >= 0), default=len(normalised))
    return any(
        start <= place < end
        for topic in (Topic.REFERENCE, Topic.OWNED)
        for place, _ in message.places(topic)
    )


@lru_cache(maxsize=2**12)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(_stem, _WORD.findall(fold(text))))


@lru_cache(maxsize=2**14)
def _stem(word: str) -> str:
    """Return what the forms of a word have in common; it need not be a word itself."""
    return _ENDING.sub("", word)[:_STEM]
