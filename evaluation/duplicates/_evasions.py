"""What senders do to a text so that its copies don't look the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Evasion = Callable[[str, Random], str]

_OTHER_WORDS = (
    "today simply really kindly bright season garden honest little forward market morning quiet "
    "together gladly wonder moment special window further number picture station always second"
)
_WORDS = _OTHER_WORDS.split()
_SIGNS = "\u2728 \U0001f60d \U0001f525 \U0001f389 \U0001f49b \U0001f33f \U0001f64c \U0001f680"
_EMOJI = _SIGNS.split()
_CYRILLIC = "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0455"
_LOOK_ALIKE = dict(zip("aceopxyis", _CYRILLIC, strict=True))
_LEET = {"a": "4", "e": "3", "o": "0", "s": "5", "i": "1"}
_INSIDE = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")


def swapped_word(text: str, chance: Random) -> str:
    """Replace one or two words by others of no relation."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 2)):
        words[chance.randrange(1, len(words))] = chance.choice(_WORDS)
    return " ".join(words)


def emoji_between(text: str, chance: Random, share: float = 0.3) -> str:
    """Put emoji after every third word or so."""
    return " ".join(
        f"{word} {chance.choice(_EMOJI)}" if chance.random() < share else word
        for word in text.split(" ")
    )


def emoji_inside(text: str, chance: Random, share: float = 0.04) -> str:
    """Put emoji into some words."""
    return _INSIDE.sub(lambda _: chance.choice(_EMOJI) if chance.random() < share else "", text)


def spaces_inside(text: str, chance: Random, share: float = 0.1) -> str:
    """Split words by spaces."""
    return _INSIDE.sub(lambda _: " " if chance.random() < share else "", text)


def spaced_out(text: str, chance: Random, share: float = 0.25) -> str:
    """Write some words letter by letter."""
    return " ".join(
        " ".join(word) if word.isalpha() and chance.random() < share else word
        for word in text.split(" ")
    )


def look_alikes(text: str, chance: Random, share: float = 0.4) -> str:
    """Replace letters by Cyrillic ones."""
    return "".join(
        _LOOK_ALIKE.get(letter, letter) if chance.random() < share else letter for letter in text
    )


def zero_width(text: str, chance: Random, share: float = 0.15) -> str:
    """Put zero-width characters into words."""
    return _INSIDE.sub(lambda _: "\u200b" if chance.random() < share else "", text)


def leet(text: str, chance: Random, share: float = 0.15) -> str:
    """Replace letters inside some words by digits."""

    def written(found: re.Match[str]) -> str:
        return _LEET.get(found[0], found[0]) if chance.random() < share else found[0]

    return re.sub(r"(?<=[a-z])[aeosi](?=[a-z])", written, text)


def other_case(text: str, chance: Random, share: float = 0.5) -> str:
    """Change case and punctuation."""
    changed = text.upper() if chance.random() < share else text.title()
    return changed.replace(",", chance.choice((" -", ";", ""))).replace(". ", "!! ")


EVASIONS: dict[str, Evasion] = {
    "a word or two swapped": swapped_word,
    "emoji between words": emoji_between,
    "emoji inside words": emoji_inside,
    "spaces strewn in": spaces_inside,
    "words spaced out": spaced_out,
    "look-alike letters": look_alikes,
    "zero-width characters": zero_width,
    "leet": leet,
    "case and punctuation": other_case,
}
