"""A genuine, specific reference to this creator's own content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._folding import fold
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._shared_words import agrees_in_language, shared_words
from pipeline.signals._topics import Topic

SUGGESTION = "Name one thing of theirs that you liked, and what in it stayed with you."

_WORDS_AFTER_REFERENCE: Final = 12
_WORDS_AFTER_OWNER: Final = 6
_OFFERS: Final = (Topic.BRIEF, Topic.MONEY)
_ENDS: Final = frozenset(".?")


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words that not everyone could be sent.

    Where the creator's content is known, these are rare words that the message shares with it;
    otherwise rare words behind "your video about", "the reel where you" or plain "your".
    """
    message, content = inquiry.message, inquiry.context.creator_content
    if content:
        shared = shared_words(message, content, _words_of(inquiry.context.creator_name))
        if shared:
            return in_words(message, *shared)
        if agrees_in_language(message, content):
            return None
    if message.lexicon is None:
        return None
    place = next(specific_references(message, inquiry.context.creator_name), None)
    return in_words(message, place) if place else None


def specific_references(message: Message, creator_name: str) -> Iterator[Span]:
    """Yield the places of references that go on with a rare word, other than the creator's name.

    There are none in a language without a lexicon.
    """
    if message.lexicon is None:
        return
    names = _words_of(creator_name)
    lexicon = message.lexicon
    for topic, most, breaks, counts in (
        (Topic.REFERENCE, _WORDS_AFTER_REFERENCE, _ENDS, lexicon.is_rare),
        (Topic.OWNED, _WORDS_AFTER_OWNER, _ENDS | lexicon.breaks, lexicon.is_singular),
    ):
        for start, end in message.places(topic):
            position = start
            inside = message.normalised.count(" ", start, end)
            words = message.normalised[start : end + 40 * most].split(" ")[: inside + most]
            for number, word in enumerate(words):
                if word in breaks and number >= inside:
                    break
                position += len(word) + 1
                if counts(word) and word not in names:
                    yield start, max(position, end)
                    break
    for telling in lexicon.tellings.find(message.normalised, names):
        if not (telling.is_scene and _is_ours(message, telling.place)):
            yield telling.place


def _is_ours(message: Message, scene: Span) -> bool:
    """Say whether a sentence says who is writing, or what is offered or wanted."""
    start, end = scene
    if any(start <= place < end for topic in _OFFERS for place, _ in message.places(topic)):
        return True
    if message.introduction is None:
        return False
    first, last = message.span_of_words(*scene)
    return first < message.introduction[1] and message.introduction[0] < last


@lru_cache(maxsize=2**10)
def _words_of(name: str) -> frozenset[str]:
    """Return the words of the creator's name, which are no reference."""
    return frozenset(fold(name).split())
