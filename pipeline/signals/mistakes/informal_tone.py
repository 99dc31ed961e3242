"""Slang and casual abbreviations."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._evidence import Evidence, in_words
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span
from pipeline.signals._topics import Topic

SUGGESTION = "Write the words out, and leave pet names away: friendly, as to a new colleague."

_JOINED_BEFORE: Final = re.compile(r"[-&/_@#.\w]$")
_NAME_GOES_ON: Final = re.compile(r" (?:[A-Z\u00c0-\u00de][a-z\u00df-\u017f]|is |are |& )")
_JOINED_AFTER: Final = re.compile(r"[-&/_@#\w]|\.\w| & ")


def find(inquiry: Inquiry) -> Evidence | None:
    """Look for slang; a letter that belongs to a name or a capital abbreviation is none."""
    message = inquiry.message
    if message.lexicon is None:
        return None
    slang = message.places_of_tokens(message.lexicon.slang)
    places = [
        place for place in message.places(Topic.INFORMAL) if not _goes_on_as_a_name(message, place)
    ]
    places += [place for place in slang if not _belongs_to_a_name(message, place)]
    places = [place for place in places if not message.is_quoted(*place)]
    return in_words(message, *places) if places else None


def _belongs_to_a_name(message: Message, place: Span) -> bool:
    """Say whether a word is a name, or a part of one, such as the first letter of `U.S.`."""
    start, end = message.span_of_words(*place)
    text = message.text
    if _JOINED_AFTER.match(text, end) or _JOINED_BEFORE.search(text, max(start - 1, 0), start):
        return True
    word = text[start:end]
    if len(word) == 1:
        before = text[:start].rpartition(" ")[0].rpartition(" ")[2]
        return word.isupper() and (text.startswith(".", end) or before.istitle())
    begins = message.normalised.endswith((". ", "? "), 0, place[0])
    return word.istitle() and (not begins or bool(_NAME_GOES_ON.match(text, end)))


def _goes_on_as_a_name(message: Message, place: Span) -> bool:
    """Say whether what looks like a pet name is the first part of one, as in "Queen Latoya"."""
    start, end = message.span_of_words(*place)
    last = message.text[start:end].rpartition(" ")[2]
    return last.istitle() and bool(_NAME_GOES_ON.match(message.text, end))
