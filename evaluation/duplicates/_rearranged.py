"""What senders do to a whole text: they move its sentences, dress it up, and do several at once."""

from __future__ import annotations

import re
from random import Random

from evaluation.duplicates._evasions import EVASIONS, Evasion

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?]) ")
_GREETING = re.compile(r"^[A-Z]\w+(?: [a-z]\w+)?(?= [A-Z]\w+[ ,!])")
_GREETINGS = ("Hey", "Hi", "Hello", "Hiya", "Hola", "Hallo", "Bonjour", "Salut", "Dear")
_CLOSINGS = (
    "Best, Tess",
    "xx",
    "Kind regards",
    "Cheers, the team",
    "Saludos",
    "Liebe Grüße, Jo",
    "Bisous",
    "Talk soon!",
    "Thanks, Mo",
    "- T.",
)
_EMAIL = re.compile(r"\S+@\S+\w")
_LINK = re.compile(r"(?:https?://|www\.)\S+\w")
_DIGIT = re.compile(r"\d")
_LETTERS = "abcdefghiklmnoprstuvwz"


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, each with its end.

    >>> sentences_of("Hi Bea! We make tea. Shall we talk?")
    ['Hi Bea!', 'We make tea.', 'Shall we talk?']
    """
    return _BETWEEN_SENTENCES.split(text)


def shuffled(text: str, chance: Random) -> str:
    """Put the sentences after the first in another order."""
    first, *others = sentences_of(text)
    chance.shuffle(others)
    return " ".join((first, *others))


def shortened(text: str, chance: Random) -> str:
    """Leave out a sentence, whichever but the first; of long texts, sometimes two."""
    sentences = sentences_of(text)
    for _ in range(chance.randint(1, 2) if len(sentences) > len("abcd") else 1):
        if len(sentences) > len("ab"):
            sentences.pop(chance.randrange(1, len(sentences)))
    return " ".join(sentences)


def other_manners(text: str, chance: Random) -> str:
    """Greet in another way, and add a closing."""
    return f"{_GREETING.sub(chance.choice(_GREETINGS), text)} {chance.choice(_CLOSINGS)}"


def other_addresses(text: str, chance: Random) -> str:
    """Give another e-mail address, link and number, and a handle and a number of its own."""

    def word() -> str:
        return "".join(chance.choice(_LETTERS) for _ in range(chance.randint(4, 9)))

    text = _EMAIL.sub(lambda _: f"{word()}@{word()}.example", text)
    text = _LINK.sub(lambda _: f"www.{word()}.example/{word()}", text)
    text = _DIGIT.sub(lambda _: chance.choice("123456789"), text)
    return f"{text} @{word()} {chance.randrange(10_000)}"


def several(text: str, chance: Random) -> str:
    """Do one thing to the whole text, and one or two to its words."""
    text = ONE_BY_ONE[chance.choice(list(ONE_BY_ONE))](text, chance)
    for kind in chance.sample(list(EVASIONS), chance.randint(1, 2)):
        text = EVASIONS[kind](text, chance)
    return text


ONE_BY_ONE: dict[str, Evasion] = {
    "sentences in another order": shuffled,
    "sentences left out": shortened,
    "another greeting and closing": other_manners,
    "other addresses and numbers": other_addresses,
}
REARRANGED: dict[str, Evasion] = {**ONE_BY_ONE, "several at once": several}
