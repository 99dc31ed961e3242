"""Finds out which language a text is in, by its little words or by its script."""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from typing import Final

_OWN: Final = 3
_SHARED: Final = 1
_POINT_BITS: Final = 16
UNDETERMINED: Final = "und"
"""The code for a text that shows no language."""

_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("ko", re.compile("[\uac00-\ud7af]")),
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("fa", re.compile("[پچژگ]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
"""Where several fit, the first counts: what only one language has stands before what many have."""


class LanguageFinder:
    """Knows languages by the little words that are frequent in each."""

    def __init__(self, stop_words: Mapping[str, frozenset[str]]) -> None:
        """Take, for each code, words that are folded; a word that few languages have counts more.

        Languages are preferred in this order where a text shows several alike.
        """
        self._order: Final = tuple(stop_words)
        self._scores: Final = struct.Struct(f"<{len(stop_words)}H")
        languages = {
            word: tuple(place for place, known in enumerate(stop_words.values()) if word in known)
            for words in stop_words.values()
            for word in words
        }
        self._little_words: Final = frozenset(languages)
        self._points: Final = {
            word: sum(1 << place * _POINT_BITS for place in places)
            * (_OWN if len(places) == 1 else _SHARED)
            for word, places in languages.items()
        }
        """Those of all languages in one number, so that they are added up at once."""

    def find(self, words: frozenset[str]) -> str:
        """Return the code of the language that these folded words are in, or `und`."""
        points = sum(map(self._points.__getitem__, self._little_words & words))
        if not points:
            return UNDETERMINED
        scores = self._scores.unpack(points.to_bytes(self._scores.size, "little"))
        return self._order[scores.index(max(scores))]


def language_of_script(text: str) -> str:
    """Return the code of the language that a text not in Latin letters is most likely in.

    >>> language_of_script("Привет"), language_of_script("こんにちは")
    ('ru', 'ja')
    """
    return next((code for code, script in _SCRIPTS if script.search(text)), UNDETERMINED)
