"""Who is writing: the brand's name, and a line on what it does."""

from __future__ import annotations

from typing import Final

from pipeline.signals._evidence import Evidence, in_original, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic

SUGGESTION = "Say in one line who you are: your name, the brand's name and what it makes."


_HERE: Final = " here "


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for a name and a trade, in one phrase or in two."""
    message = inquiry.message
    place, name = message.introducing
    if place is not None:
        return in_original(message, place)
    if not message.text.islower():
        return None if name is None else _apart(message, name)
    for place in message.introducing_hits.get(Topic.INTRODUCTION, ()):
        if _follows_name(message, place):
            return in_words(message, place)
    trades = message.introducing_hits.get(Topic.TRADE, ())
    names = [
        place
        for place in message.introducing_hits.get(Topic.NAME, ())
        if _ends_in_name(message, place)
    ]
    return in_words(message, names[0], trades[0]) if names and trades else None


def _apart(message: Message, name: Span) -> Evidence | None:
    """Look for what we do somewhere else than behind our name."""
    trades = message.introducing_hits.get(Topic.TRADE, ())
    ours = [place for place in trades if message.normalised.startswith(("we ", "i "), place[0])]
    return in_original(message, name) if ours else None


def _ends_in_name(message: Message, place: Span) -> bool:
    """Say whether it ends in what is written as a name, or in no word that people write otherwise.

    Behind the name "here" may stand.
    """
    assert message.lexicon is not None
    word = message.normalised[place[0] : place[1]].removesuffix(_HERE).split()[-1]
    if word.isalpha() and not message.lexicon.is_common(word):
        return True
    start, end = message.span_of_words(*place)
    return message.text[start:end].rpartition(" ")[2][:1].isupper()


def _follows_name(message: Message, place: Span) -> bool:
    """Say whether the word before a place is written as a name, and is none that all use."""
    assert message.lexicon is not None
    before = message.normalised.rfind(" ", 0, place[0] - 1) + 1
    word = message.normalised[before : place[0]].strip()
    if not word.isalpha() or message.lexicon.is_common(word):
        return False
    start, end = message.span_of_words(before, place[0])
    return message.text[start:end][:1].isupper()
