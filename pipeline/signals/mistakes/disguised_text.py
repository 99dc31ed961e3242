"""Look-alike letters, zero-width characters, and words written so that a filter misses them."""

from __future__ import annotations

import re
from typing import Final

from pipeline.signals._evidence import Evidence, in_original
from pipeline.signals._folding import look_alikes
from pipeline.signals._inquiry import Inquiry
from pipeline.signals._message import Message, Span

SUGGESTION = "Write plain letters without tricks: platforms look for them and punish the account."

_LATIN: Final = "A-Za-z\u00c0-\u024f"
_UNSEEN: Final = "[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff]"
_HIDDEN: Final = re.compile(
    f"(?<=[{_LATIN}]){_UNSEEN}+(?=[{_LATIN}])"
    # No script and no emoji needs so many in a row; the last ones stand next to what is read.
    f"|{_UNSEEN}{{4}}(?!{_UNSEEN})"
    "|(?<=[^\\s\u200b\u2060\ufeff])[\u200b\u2060\ufeff]+(?=\\S| [A-Za-z])"
)
_INVISIBLE: Final = frozenset(
    map(chr, [0xAD, 0x34F, 0x180E, *range(0x200B, 0x2010), *range(0x2060, 0x2065), 0xFEFF])
)
"""All that `_HIDDEN` looks for."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_LAST_LATIN: Final = "\u024f"
_STYLED: Final = re.compile(
    "[\U0001d400-\U0001d7cb\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
    "\u24b6-\u24e9\u249c-\u24b5\uff21-\uff3a\uff41-\uff5a]"
    "(?:[ \u3000]?[\U0001d400-\U0001d7cb\U0001f130-\U0001f149\U0001f150-\U0001f169"
    "\U0001f170-\U0001f189\u24b6-\u24e9\u249c-\u24b5\uff21-\uff3a\uff41-\uff5a])+"
)


def find(inquiry: Inquiry) -> Evidence | None:
    """Look at the letters themselves, then at what had to be undone to read the words."""
    message = inquiry.message
    places = [message.span_of_folded(*place) for place in message.disguises]
    if message.foreign:
        if not _INVISIBLE.isdisjoint(message.foreign):
            places += [match.span() for match in _HIDDEN.finditer(message.text)]
        if message.latin:
            places += _strange_words(message)
    return in_original(message, *_widened(message.text, places)) if places else None


def _strange_words(message: Message) -> list[Span]:
    styled = [match.span() for match in _STYLED.finditer(message.text)]
    known = look_alikes()
    if message.foreign.isdisjoint(known):
        return styled
    words = [match for match in _WORD.finditer(message.text) if _is_strange(match[0])]
    foreign = any(
        letter > _LAST_LATIN and letter not in known
        for word in _WORD.findall(message.text)
        for letter in word
    )
    return styled + [
        word.span() for word in words if not foreign or any(one <= _LAST_LATIN for one in word[0])
    ]


def _is_strange(word: str) -> bool:
    """Say whether a word of two letters or more holds look-alikes, and otherwise only Latin."""
    if word.isascii() or len(word) == 1:
        return False
    known = look_alikes()
    alike = sum(letter in known for letter in word)
    return alike > 0 and all(letter in known or letter <= _LAST_LATIN for letter in word)


def _widened(text: str, places: list[Span]) -> list[Span]:
    """Widen each place to the whole words around it; drop those inside of another."""
    widened: list[Span] = []
    for start, end in sorted(places):
        while start and start > end - 40 and not text[start - 1].isspace():
            start -= 1  # noqa: PLW2901 - the place itself grows
        while end < len(text) and end < start + 80 and not text[end].isspace():
            end += 1  # noqa: PLW2901 - the same
        if not widened or start >= widened[-1][1]:
            widened.append((start, end))
    return widened
