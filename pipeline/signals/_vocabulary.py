"""The words of one language as phrases are written in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from pipeline.signals._folding import fold
from pipeline.signals._remembered import (
    LONGEST_REMEMBERED,
    SENTENCES_REMEMBERED,
    WORDS_REMEMBERED,
)
from pipeline.signals._tokens import tokens_of_sentence

SENTENCE_END: Final = "."
QUESTION_END: Final = "?"
NUMBER: Final = "#"
THOUSANDS: Final = f"{NUMBER} k"
EMAIL_ADDRESS: Final = "emailaddress"
CURRENCY: Final = "currency"

_ELISION: Final = re.compile(r"(?:^|(?<= ))(qu|[cdjlmnst])'(?=[aeiouyh])")
_LONG_DRAWN: Final = re.compile(r"(.)\1{2,}+")
_CURRENCY_SIGNS: Final = range(0x20A0, 0x20C1)
"""The block of Unicode that has them, the euro's and the naira's too; a few stand elsewhere."""
_SYMBOLS: Final = {
    **dict.fromkeys(map(chr, _CURRENCY_SIGNS), CURRENCY),
    "$": CURRENCY,
    "£": CURRENCY,
    "¥": CURRENCY,
    "%": "percent",
}


class Vocabulary:
    """Turns tokens into the words that phrases are written in.

    `spelling` maps a folded word to the words that stand for it; `fillers` say nothing.
    """

    def __init__(self, spelling: Mapping[str, str], fillers: Iterable[str]) -> None:
        self._spelling = {_plain(written): fold(meant) for written, meant in spelling.items()}
        self._spelling.update({_plain(filler): "" for filler in fillers})
        self._known = set(self._spelling)
        # Tokens have a bounded length, so the cache is bounded in bytes as well.
        self.word = lru_cache(maxsize=WORDS_REMEMBERED)(self._word)
        """The words that a token of a folded text stands for, between spaces; often one."""
        self._remembered: Final = lru_cache(maxsize=SENTENCES_REMEMBERED)(self._words)

    def normalise(self, sentences: list[str]) -> str:
        """Return the words of folded sentences between stops, each followed by a space.

        Sentences recur in campaigns, so the words of the latest are remembered.
        """
        known, words = self._remembered, self._words
        said = [
            known(sentence) if len(sentence) <= LONGEST_REMEMBERED else words(sentence)
            for sentence in sentences
        ]
        return f"{SENTENCE_END} {' '.join(filter(None, said))} {SENTENCE_END} "

    def spell(self, word: str) -> str:
        """Return how normalised texts hold `word`, a word of a phrase."""
        spelt = word if word == NUMBER else self._replace(_plain(word))
        self._known.update(spelt.split())
        return spelt

    def _words(self, sentence: str) -> str:
        return " ".join(filter(None, map(self.word, tokens_of_sentence(sentence))))

    def _word(self, token: str) -> str:
        first = token[0]
        if first.isdecimal():
            return THOUSANDS if token[-1] == "k" else NUMBER
        if first.isalpha():
            return EMAIL_ADDRESS if "@" in token else self._replace(self._shorten(_plain(token)))
        if first in "!;.\r\n":
            return SENTENCE_END
        if first == QUESTION_END:
            return QUESTION_END
        return EMAIL_ADDRESS if "@" in token[1:] else _SYMBOLS.get(token, "")

    def _replace(self, word: str) -> str:
        if word in self._spelling:
            return self._spelling[word]
        return " ".join(filter(None, (self._spelling.get(part, part) for part in word.split())))

    def _shorten(self, word: str) -> str:
        if word in self._known:
            return word
        twice = _LONG_DRAWN.sub(r"\1\1", word)
        return twice if twice in self._known else _LONG_DRAWN.sub(r"\1", word)


PLAIN_WORDS: Final = Vocabulary({}, ())
"""For languages without a lexicon: each word stands for itself."""


def _plain(word: str) -> str:
    """Fold a word, set what French elides apart, and drop other apostrophes.

    >>> _plain("J'aime"), _plain("don't")
    ('j aime', 'dont')
    """
    folded = fold(word)
    return _ELISION.sub(r"\1 ", folded).replace("'", "") if "'" in folded else folded
