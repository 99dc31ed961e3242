"""Evasions that nothing is tuned on: look at their totals, and at no message of them."""

from __future__ import annotations

import re
from random import Random

from evaluation.duplicates._evasions import Evasion

_FILLERS = (
    "honestly actually basically truly literally maybe perhaps definitely totally certainly "
    "frankly well so also though then again indeed"
)
_FILLER_WORDS = _FILLERS.split()
_INSIDE = re.compile(r"(?<=[^\W\d_])(?=[^\W\d_])")
_CLAUSE = re.compile(r"(?<=,) ")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_SIGNS = (".", "-", "_", "*", "'", "/")
_FEW_LETTERS = 3


def filled(text: str, chance: Random, share: float = 0.08) -> str:
    """Strew in words that say nothing."""
    return " ".join(
        f"{word} {chance.choice(_FILLER_WORDS)}" if chance.random() < share else word
        for word in text.split(" ")
    )


def misspelt(text: str, chance: Random, share: float = 0.12) -> str:
    """Drop a letter of some words, write one twice, or let two change places."""

    def wrongly(word: str) -> str:
        if len(word) <= _FEW_LETTERS or not word.isalpha() or chance.random() >= share:
            return word
        at = chance.randrange(1, len(word) - 1)
        return chance.choice(
            (
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    return " ".join(wrongly(word) for word in text.split(" "))


def dotted(text: str, chance: Random, share: float = 0.15) -> str:
    """Put a sign between the letters of some words."""
    sign = chance.choice(_SIGNS)
    return " ".join(
        _INSIDE.sub(sign, word) if word.isalpha() and chance.random() < share else word
        for word in text.split(" ")
    )


def clauses_moved(text: str, chance: Random) -> str:
    """Let the clauses of each sentence but the first change places, and two sentences."""
    first, *sentences = _SENTENCE.split(text)
    moved = []
    for sentence in sentences:
        clauses = _CLAUSE.split(sentence)
        chance.shuffle(clauses)
        moved.append(" ".join(clauses))
    if len(moved) > 1:
        at = chance.randrange(len(moved) - 1)
        moved[at], moved[at + 1] = moved[at + 1], moved[at]
    return " ".join((first, *moved))


def two_at_once(text: str, chance: Random) -> str:
    """Do two of these."""
    for kind in chance.sample(list(SINGLE), 2):
        text = SINGLE[kind](text, chance)
    return text


SINGLE: dict[str, Evasion] = {
    "words that say nothing": filled,
    "misspelt words": misspelt,
    "signs between letters": dotted,
    "clauses in another order": clauses_moved,
}
HELD_OUT: dict[str, Evasion] = {**SINGLE, "two of these at once": two_at_once}
