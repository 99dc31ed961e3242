"""A genuine, specific reference to this creator's own content."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from pipeline.signals._evidence import Evidence, in_original, in_words
from pipeline.signals._folding import fold
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._quotations import quotation
from pipeline.signals._shared_words import agrees_in_language, shared_words
from pipeline.signals._tellings import Telling
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import NUMBER

SUGGESTION = "Name one thing of theirs that you liked, and what in it stayed with you."

_WORDS_AFTER_REFERENCE: Final = 12
_WORDS_AFTER_OWNER: Final = 6
_OFFERS: Final = (Topic.BRIEF, Topic.MONEY)
_WISHES: Final = (*_OFFERS, Topic.AMOUNT, Topic.INTEREST, Topic.ASK)
_ENDS: Final = frozenset(".?")


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for words that not everyone could be sent.

    Where the creator's content is known, these are rare words that the message shares with it;
    otherwise rare words behind "your video about", "the reel where you" or plain "your".
    """
    message, content = inquiry.message, inquiry.context.creator_content
    name = inquiry.context.creator_name
    if content:
        told = specific_references(message, name)
        shared = shared_words(message, content, _words_of(name), told)
        if shared:
            return in_words(message, *shared)
        if agrees_in_language(message, content):
            return None
        if shared is not None:
            return _quoted(message)
    place = next(specific_references(message, name), None)
    return in_words(message, place) if place else _quoted(message)


def _quoted(message: Message) -> Evidence | None:
    quoted = quotation(message, message.lexicon) if message.lexicon else None
    return in_original(message, quoted) if quoted else None


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
        (Topic.OWNED, _WORDS_AFTER_OWNER, lexicon.breaks, lexicon.is_singular),
    ):
        for start, end in message.places(topic):
            position = start
            inside = message.normalised.count(" ", start, end)
            words = message.normalised[start : end + 40 * most].split(" ")[: inside + most]
            for number, word in enumerate(words):
                if word in breaks and number >= inside and words[number - 1] != NUMBER:
                    break
                position += len(word) + 1
                if counts(word) and word not in names:
                    place = start, max(position, end)
                    if not _is_offered(message, place):
                        yield place
                    break
    for telling in lexicon.tellings.find(message.normalised, names):
        if not (telling.is_scene and _tells_nothing(message, telling)):
            yield telling.place


def _is_offered(message: Message, place: Span) -> bool:
    """Say whether words of an offer stand in a place."""
    return any(
        start < place[1]
        and place[0] < end
        and not message.is_quoted(start, message.normalised.find(" ", start) + 1)
        for topic in _OFFERS
        for start, end in message.places(topic)
    )


def _tells_nothing(message: Message, scene: Telling) -> bool:
    """Say whether a sentence is about ourselves, or, where it has any form, about names only."""
    if not scene.is_any:
        return _is_ours(message, scene.place, _OFFERS)
    return not scene.holds_without(message.capitals) or _is_ours(message, scene.place, _WISHES)


def _is_ours(message: Message, scene: Span, topics: tuple[Topic, ...]) -> bool:
    """Say whether a sentence says who is writing, or what is offered or wanted."""
    start, end = scene
    if any(start <= place < end for topic in topics for place, _ in message.places(topic)):
        return True
    if message.introduction is None:
        return False
    first, last = message.span_of_words(*scene)
    return first < message.introduction[1] and message.introduction[0] < last


@lru_cache(maxsize=2**10)
def _words_of(name: str) -> frozenset[str]:
    """Return the words of the creator's name, which are no reference."""
    return frozenset(fold(name).split())
