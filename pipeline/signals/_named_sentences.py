"""Finds sentences that begin with a name and say what it is: "Fam is a diner", "Fam. A diner."."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pipeline.signals._clauses import Clauses
from pipeline.signals._descriptions import Descriptions, parts
from pipeline.signals._names import NAME, SMALL, UPPER
from pipeline.signals._word_search import one_of

Span = tuple[int, int]

_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]*)?")
_STARTS: Final = frozenset(("", ".", "!", "?", "\n"))
_MOST_BREAKS: Final = 16


class NamedSentences:
    """Knows how a sentence in one language says of a name what it is."""

    def __init__(
        self,
        lists: Mapping[str, Sequence[str]],
        is_common: Callable[[str], bool],
        descriptions: Descriptions,
        clauses: Clauses,
    ) -> None:
        """Take lists of words by what they do.

        `is_common` says of a folded word whether it is a name only by its capital.
        """
        self._is_common: Final = is_common
        self._descriptions: Final = descriptions
        self._clauses: Final = clauses
        self._articles: Final = frozenset(lists["articles"])
        self._numerals: Final = frozenset(lists.get("numerals", ()))
        article = rf"(?:(?i:{one_of(lists['articles'])})(?: |(?<=['\u2019])))?"
        kinds = one_of(lists["kinds"])
        self._sentence: Final = re.compile(
            rf"{article}({NAME})(?= [a-z\u00df-\u017f(]|,? [(]|\.?,|: [a-z\u00df-\u017f])"
        )
        self._alone: Final = re.compile(rf"{article}({NAME})[.!] ")
        self._kind_of_it: Final = re.compile(
            rf"(?i:{one_of(lists['indefinite'])}) "
            rf"(?:{SMALL},? ){{0,3}}?(?:{kinds})\b"
        )
        self._break: Final = re.compile(
            rf"[.!?:,\n] ?(?:and )?(?=[{UPPER}\d@\"\u201c\u201e\u00ab]"
            rf"|{one_of(lists['articles'])}(?:\b|(?<=['\u2019])))"
        )
        self._greeting: Final = re.compile(
            rf"(?i:{one_of(lists['greetings'])})\b[^,!.\n:;]{{0,40}}[,!.:\n]*\s*"
        )

    def find(self, text: str) -> Span | None:
        """Return where such a sentence begins. Linear in the text."""
        greeting = self._greeting.match(text)
        start = greeting.end() if greeting else 0
        breaks = [start, *(match.end() for match in self._break.finditer(text, start))]
        for begin in breaks[:_MOST_BREAKS]:
            word = _LETTERS.match(text, begin)
            first = word[0].lower() if word else ""
            if first not in self._articles and self._descriptions.is_no_name(first):
                continue
            match = self._sentence.match(text, begin)
            if match and self._is_sentence(text, match):
                return match.span()
            alone = self._alone.match(text, begin)
            if alone and self._goes_on(text, alone):
                return alone.span(1)
        return None

    def _goes_on(self, text: str, alone: re.Match[str]) -> bool:
        """Say whether behind a name that is a sentence another says what it is."""
        if self._kind_of_it.match(text, alone.end()):
            return True
        if " " not in alone[1] and not (
            alone[0].endswith(". ")
            and text[: alone.start()].rstrip(" ")[-1:] in _STARTS
            and not self._is_common(alone[1].lower())
        ):
            return False
        return self._clauses.tells(text, alone.end())

    def _is_sentence(self, text: str, match: re.Match[str]) -> bool:
        name = parts(match[1])
        if not name or self._descriptions.is_no_name(name[0]):
            return False
        if all(word.isdecimal() or self._is_common(word) for word in name):
            return False
        if name[0] in self._numerals or name[0].isdecimal():
            return False
        return self._descriptions.completes(text, match.end(), several=" " in match[1])
