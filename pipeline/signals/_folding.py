"""Folds a text, and knows where each of its characters came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

from pipeline.signals._tables import read_table

_FOREIGN_RUN: Final = re.compile(r"[^\x00-\x7f]{1,40}")
_INVISIBLE: Final = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e01ef]"
)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
_APOSTROPHES: Final = frozenset("`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07")
_LETTERS: Final = {
    "\u0131": "i",
    "ø": "o",
    "Ø": "o",
    "ł": "l",
    "Ł": "l",
    "đ": "d",
    "Đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŧ": "t",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
    "Þ": "th",
}
"""Letters of languages in Latin script that Unicode does not take apart."""


@cache
def look_alikes() -> dict[str, str]:
    """Return the letters of other scripts that look like Latin ones, with what they look like."""
    return {
        letter: latin
        for script in read_table("look_alikes").values()
        for latin, letters in script.items()
        for letter in letters
    }


def fold(text: str, *, latin: bool = True) -> str:
    """Return `text` in lower case, without accents and invisible characters, in plain letters.

    In a text that is `latin`, look-alike letters of other scripts become Latin ones. Linear in the
    length of the text.

    >>> fold("Lo\u200bve y\u043eur Caf\u00e9")
    'love your cafe'
    """
    if text.isascii():
        return text.lower()
    return _FOREIGN_RUN.sub(_folder(latin=latin), text).lower()


def origins(text: str, foreign: frozenset[str], *, latin: bool) -> Sequence[int]:
    """Return where each character of the folded `text` stands in it, and its length at the end.

    `foreign` are the characters of the text that are not ASCII.
    """
    lengths = {each: len(_fold_run(each, latin=latin)) for each in foreign}
    if all(length == 1 for length in lengths.values()):
        return range(len(text) + 1)
    places: list[int] = []
    for place, character in enumerate(text):
        places += [place] * lengths.get(character, 1)
    return [*places, len(text)]


def word_ends(pieces: list[str]) -> list[int]:
    """Return, for each piece, how many words there are up to its end."""
    return list(accumulate(piece.count(" ") + 1 if piece else 0 for piece in pieces))


@cache
def _folder(*, latin: bool) -> Callable[[re.Match[str]], str]:
    folded = lru_cache(maxsize=2**12)(lambda run: _fold_run(run, latin=latin))
    return lambda match: folded(match[0])


def _fold_run(run: str, *, latin: bool) -> str:
    """Fold each character by itself, so that one can tell where it came from."""
    known = look_alikes() if latin else {}
    return "".join(known.get(character) or _fold_character(character) for character in run)


@lru_cache(maxsize=2**12)
def _fold_character(character: str) -> str:
    if _INVISIBLE.match(character):
        return ""
    if character in _APOSTROPHES:
        return "'"
    if character in _LETTERS:
        return _LETTERS[character]
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", character)).casefold()
