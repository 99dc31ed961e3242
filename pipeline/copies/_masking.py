"""Removes from a message what differs between copies of it: names, handles, links, numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NewType

from pipeline.copies._letters import plain_letters

MaskedText = NewType("MaskedText", str)
"""Lower-case words with one space between them; a capital stands for what was masked."""

NAME: Final = "N"
HANDLE: Final = "H"
LINK: Final = "L"
EMAIL: Final = "M"
NUMBER: Final = "D"

_READABLE: Final = {
    NAME: "<name>",
    HANDLE: "<handle>",
    LINK: "<link>",
    EMAIL: "<e-mail>",
    NUMBER: "<number>",
}

# Every repetition is bounded or possessive: time is linear in the text, whatever it holds.
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}+")
_HANDLE: Final = re.compile(r"(?<!\w)@[\w.]++")
_INNER_DOT: Final = re.compile(r"\.\w")
_ADDRESS_SIGN: Final = re.compile(r"[@.:](?:(?<=@)|\w|//)")
_LINK: Final = re.compile(
    r"https?://\S++|www\.\S++|(?<![\w.])[\w-]{1,63}+(?:\.[\w-]{1,63}+){0,6}\.[a-z]{2,24}\b(?:/\S*+)?"
)
_DIGIT: Final = re.compile(r"[^\x00-/:-\x7f]")
"""May be a digit: what is not ASCII is looked at closely."""
_DISGUISED: Final = re.compile(r"(?<=[a-z])[013457@$]{1,2}+(?!\d)")
_NUMBER: Final = re.compile(r"\d++(?:[.,:/-]\d++)*+(?:(?:st|nd|rd|th|[km])\b)?")
_WORD: Final = re.compile(r"[^\W\d_]++")
_SPACES: Final = {code: " " for code in range(128) if not chr(code).isalpha()}
"""Finds the words of ASCII in a third of the time."""
_NAMES_TOGETHER: Final = re.compile(r"\bN(?: N\b)+")
_GREETED: Final = re.compile(
    r"\W{0,16}(?:hi|hiya|hey|heya|hello|dear|yo|good (?:morning|afternoon|evening)|hallo"
    r"|hey du|moin|servus|guten (?:tag|morgen|abend)|liebe[r]?|hola|buenas"
    r"|buen(?:os|as) (?:dias|tardes|noches)|querid[oa]|estimad[oa]"
    r"|bonjour|bonsoir|salut|coucou|cher|chere|oi|ola|bom dia|boa tarde"
    r"|boa noite|car[oa])(?: (?:dear|there|again|du))?"
    r"\s++(?P<name>[^\W\d_]{2,24}+(?:[ '-][^\W\d_]{1,24}+)?)(?=\s{0,2}(?:[,!.:;\n\u2013\u2014-]|$))"
)
_LEET: Final = str.maketrans("013457@$", "oleastas")

_LONGEST_REMEMBERED: Final = 400
_SHORTEST_NAME: Final = 3
_EVERYDAY: Final = (
    "the and for you your with our not are can mit und der die das fur los las les des una uno que "
    "por para con pour avec nos vos com uma"
)
_NO_NAMES: Final = frozenset(_EVERYDAY.split())
"""Words of the names of channels that stand in every text, too."""


def mask(body: str, creator_name: str | None = None) -> MaskedText:
    """Return what is left of a message when everything that a mail merge fills in is masked.

    Look-alike letters become plain ones; punctuation, emoji and invisible characters are dropped.
    Linear in the length of the message.

    >>> mask("Hi Anna! Loved reel no. 12, write to tess@northfold.example", "Anna Lopez")
    'hi N loved reel no D write to M'
    """
    masked = (_remembered if len(body) <= _LONGEST_REMEMBERED else _without_merged)(body)
    if creator_name:
        for name in _names(creator_name):
            if name in masked:
                words = masked.split(" ")
                masked = " ".join([NAME if word == name else word for word in words])
    return MaskedText(_NAMES_TOGETHER.sub(NAME, masked) if "N N" in masked else masked)


def _without_merged(body: str) -> str:
    """Return the words of a message, with all masked but its creator's name."""
    text = plain_letters(body)
    if "@" in text or "://" in text or _INNER_DOT.search(text):
        text = _without_addresses(text)
    if "@" in text or "$" in text or _DIGIT.search(text):
        text = _NUMBER.sub(f" {NUMBER} ", _DISGUISED.sub(_without_leet, text))
    greeted = _GREETED.match(text)
    if greeted is not None:
        text = f"{text[: greeted.start('name')]}{NAME}{text[greeted.end('name') :]}"
    return " ".join(text.translate(_SPACES).split() if text.isascii() else _WORD.findall(text))


_remembered: Final = lru_cache(maxsize=2**12)(_without_merged)
"""Many messages are sent word for word more than once, if not all to the same creator."""


def readable(text: MaskedText) -> str:
    """Return a masked text as one shows it to people.

    >>> readable(mask("Hi Anna, see www.northfold.example"))
    'hi <name> see <link>'
    """
    return " ".join(_READABLE.get(word, word) for word in text.split(" "))


def _without_addresses(text: str) -> str:
    """Look at what stands between spaces around each sign of an address, and at nothing else."""
    parts = []
    done = 0
    for sign in _ADDRESS_SIGN.finditer(text):
        if sign.start() >= done:
            start = max(text.rfind(" ", done, sign.start()) + 1, done)
            end = text.find(" ", sign.end())
            parts.append(text[done:start])
            done = len(text) if end < 0 else end
            masked = _HANDLE.sub(f" {HANDLE} ", _EMAIL.sub(f" {EMAIL} ", text[start:done]))
            parts.append(_LINK.sub(f" {LINK} ", masked))
    parts.append(text[done:])
    return "".join(parts)


def _without_leet(found: re.Match[str]) -> str:
    return found[0].translate(_LEET)


@lru_cache(maxsize=2**10)
def _names(creator_name: str) -> frozenset[str]:
    words = _WORD.findall(plain_letters(creator_name[:100]))
    return frozenset(
        word for word in words if len(word) >= _SHORTEST_NAME and word not in _NO_NAMES
    )
