"""Turns a text into the words that the phrases of the lexicons are written in."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from pipeline.replies._folding import fold

SENTENCE_END: Final = "."
QUESTION_END: Final = "?"
NUMBER: Final = "#"
EMAIL_ADDRESS: Final = "emailaddress"

# Every repetition is bounded or possessive: time is linear in the text, whatever it holds.
_EMAIL: Final = re.compile(r"[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}+")
_HANDLE: Final = re.compile(r"@[\w.]*+")
_TOKEN: Final = re.compile(
    r"[^\W\d_]{1,40}+|\d++(?:[.,:]\d++)*+|[$€£%&+]|\?++|[!;\r\n]++|\.(?=\s|$)"
)
_LONG_DRAWN: Final = re.compile(r"(.)\1{2,}+")
_SHORTEST_WITH_OMISSIONS: Final = 6


class Spelling:
    """How people write a word, and how the lexicons do.

    `replacements` maps a folded word to the words that stand for it (to none: a filler, which says
    nothing about the class). `known` are the words that the phrases use; a long-drawn word
    ("stooop") is shortened to one of them.
    """

    def __init__(self, replacements: Mapping[str, str], known: frozenset[str]) -> None:
        self._replacements = dict(replacements)
        self._known = known | replacements.keys()
        # Tokens have at most 40 characters, so the cache is bounded in bytes as well.
        self._words = lru_cache(maxsize=2**14)(self._replace)

    def normalise(self, text: str) -> str:
        """Return the words and sentence ends of `text`, each followed by one space.

        The first and the last are sentence ends. Numbers become "#", e-mail addresses one word.
        """
        folded = fold(text)
        if "@" in folded:
            folded = _HANDLE.sub(" ", _EMAIL.sub(f" {EMAIL_ADDRESS} ", folded))
        words = " ".join(filter(None, map(self._words, _TOKEN.findall(folded))))
        return f"{SENTENCE_END} {words} {SENTENCE_END} "

    def _replace(self, token: str) -> str:
        if token[0].isdecimal():
            return NUMBER
        if token[0] in "!;.\r\n":
            return SENTENCE_END
        if token[0] == QUESTION_END:
            return QUESTION_END
        if token not in self._known:
            token = self._shorten(token)
        return self._replacements.get(token, token)

    def _shorten(self, token: str) -> str:
        once = _LONG_DRAWN.sub(r"\1", token)
        twice = _LONG_DRAWN.sub(r"\1\1", token)
        return twice if twice in self._known else once


def misspellings(word: str) -> Iterator[str]:
    """Yield `word` with two neighbours swapped, a letter doubled or, if it is long, one left out.

    >>> sorted(misspellings("no"))
    ['nno', 'noo', 'on']
    """
    for index in range(len(word)):
        yield word[:index] + word[index] + word[index:]
        if len(word) >= _SHORTEST_WITH_OMISSIONS:
            yield word[:index] + word[index + 1 :]
    for index in range(len(word) - 1):
        if word[index] != word[index + 1]:
            yield word[:index] + word[index + 1] + word[index] + word[index + 2 :]
