"""Finds out which language a text is in, by its little words or by its script."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_OWN: Final = 3
_SHARED: Final = 1
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
        languages = {
            word: tuple(code for code, known in stop_words.items() if word in known)
            for words in stop_words.values()
            for word in words
        }
        self._points: Final = {
            word: (codes, _OWN if len(codes) == 1 else _SHARED) for word, codes in languages.items()
        }
        self._little_words: Final = frozenset(languages)

    def find(self, words: frozenset[str]) -> str:
        """Return the code of the language that these folded words are in, or `und`."""
        scores = dict.fromkeys(self._order, 0)
        for word in self._little_words & words:
            codes, points = self._points[word]
            for code in codes:
                scores[code] += points
        best = max(scores, key=scores.__getitem__)
        return best if scores[best] else UNDETERMINED


def language_of_script(text: str) -> str:
    """Return the code of the language that a text not in Latin letters is most likely in.

    >>> language_of_script("Привет"), language_of_script("こんにちは")
    ('ru', 'ja')
    """
    return next((code for code, script in _SCRIPTS if script.search(text)), UNDETERMINED)
