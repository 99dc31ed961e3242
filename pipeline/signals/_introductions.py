"""Finds who is writing by the shape of a sentence: a name, and behind it what it is or does.

"Ben from Crumpet Club (a supper club)", "we're Brennholz, firewood by bike", "Fam is a restaurant".
What is a name is told by its capitals, so this looks at the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from pipeline.signals._folding import fold

Span = tuple[int, int]

_UPPER: Final = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u017f"
_REST: Final = r"[\w'\u2019&+-]*+(?:\.(?=[a-z0-9])[\w'\u2019&+-]+|![a-z]\w*)*+"
_FIRST: Final = rf"(?:[@\"\u201c\u201e\u00ab][{_UPPER}a-z]|[{_UPPER}]|\d+[{_UPPER}a-z-]){_REST}"
_WORD: Final = rf"(?:[\"\u201c\u201e\u00ab]?[{_UPPER}\d]){_REST}"
_JOINTS: Final = (
    r"(?: ?[&+] ?| (?:and|of|the|und|von|vom|der|im|am|y|del?|la|el|las|los|e|d[aeo]s?|di|du|et|le|les"
    r"|\u00e0|sur|for|in|on) (?:the |la |el |las |los |les |der )?|[ ]|['\u2019])"
)
_NAME: Final = rf"{_FIRST}(?:{_JOINTS}{_WORD}){{0,5}}"
_BEGIN: Final = r"(?:^|(?<=[.!?\n,:;)] )|(?<=\n)|(?<=[\u2190-\U0010ffff] )|(?<=[-\u2013\u2014] ))"
_START: Final = r"(?:^|(?<=[.!?\n] )|(?<=\n))"
_PART: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*+|\d+")
_BEHIND: Final = re.compile(r"[\"\u201d\u201c\u00bb\u2122]?(\s*[^\w\s][^\w]*|\s+)")
_APPOSED: Final = re.compile(r"[,;:()\u2013\u2014-]|[\u2190-\U0010ffff]")
_REACH: Final = 48
_LONGEST: Final = 400
_FEW: Final = 4


class Introductions:
    """Knows how one language introduces somebody."""

    def __init__(self, words: Mapping[str, str], is_common: Callable[[str], bool]) -> None:
        """Take, by what they do in such a sentence, words that `|` sets apart.

        `is_common` says of a folded word whether it is a name only by its capital.
        """
        self._is_common: Final = is_common
        one_of = {key: "|".join(map(re.escape, value.split("|"))) for key, value in words.items()}
        article = rf"(?:(?i:{one_of['articles']})(?: |(?<=['\u2019])))?"
        kind = rf"(?:(?i:{one_of['articles']}) [^\W\d_A-Z]+ )?"
        origin = rf",?(?: (?i:{one_of['here']}),?)? (?i:{one_of['from']})(?: |(?<=['\u2019]))(?:{kind}|{article})"
        self._named: Final = re.compile(
            rf"\b(?i:{one_of['lead']})(?: |(?<=['\u2019])){article}{_NAME}(?:{origin}{_NAME})?"
            rf"|{_BEGIN}{_NAME}{origin}{_NAME}"
            rf"|{_BEGIN}{article}{_NAME}(?= (?i:{one_of['here']})\b)"
            rf"|{_START}(?i:{one_of['home']}) {article}{_NAME}"
            rf"|\b(?i:{one_of['self']}) (?:[^\W\d_A-Z]+,? ){{0,6}}?(?i:{one_of['from']})"
            rf"(?: |(?<=['\u2019])){article}{_NAME}"
        )
        self._called: Final = re.compile(
            rf"\b(?i:{one_of['owners']}) (?:[\w'\u2019-]+,? ){{0,5}}?(?i:{one_of['called']}) {_NAME}"
            rf"|\b(?i:{one_of['owners']}) (?:[\w'\u2019-]+ ){{0,4}}?(?i:{one_of['kinds']})"
            rf"(?:,? | ?[(:] ?){_NAME}(?! [^\W\d_A-Z]+s\b)"
        )
        self._sentence: Final = re.compile(
            rf"(?:^|(?<=[.!?:,] )|(?<=[\n])){article}({_NAME})(?= [a-z\u00df-\u017f(]|,? [(]|,)"
        )
        self._apposed: Final = re.compile(
            rf"[^.!?\n]{{0,80}}?[,)] (?:{one_of['indefinite']}) [^\W\d_]"
        )
        self._greeting: Final = re.compile(rf"(?i:{one_of['greetings']})\b[^,!.\n:;]{{0,40}}[,!.:\n]*\s*")
        self._here: Final = frozenset(words["here"].split("|"))
        self._is: Final = frozenset(words["is"].split("|"))
        self._subjects: Final = frozenset(words["subjects"].split("|"))
        self._wishes: Final = frozenset(words["wishes"].split("|"))
        self._others: Final = frozenset(words["others"].split("|"))
        self._and: Final = frozenset(words["and"].split("|"))
        self._verbs: Final = re.compile(words["verbs"])
        self._determiners: Final = frozenset(words["articles"].split("|"))

    def find(self, text: str) -> Span | None:
        """Return where an introduction stands. Linear in the text."""
        for match in self._named.finditer(text):
            if self._describes(text, match.end()) or self._apposed.match(text, match.end()):
                return match.span()
        for match in self._called.finditer(text):
            return match.span()
        return self._find_sentence(text)

    def named(self, text: str) -> Span | None:
        """Return where a name is given, whatever comes behind it."""
        match = self._named.search(text)
        return match.span() if match else None

    def _find_sentence(self, text: str) -> Span | None:
        greeting = self._greeting.match(text)
        start = greeting.end() if greeting else 0
        for match in self._sentence.finditer(text, start):
            name = [fold(word) for word in _PART.findall(match[1])]
            if not name or name[0] in self._others or name[0] in self._subjects:
                continue
            own = not all(word.isdecimal() or self._is_common(word) for word in name)
            if not own:
                continue
            if self._is_sentence(text, match.end(), several=len(match[1].split()) > 1):
                return match.span()
        return None

    def _is_sentence(self, text: str, end: int, *, several: bool) -> bool:
        separator, words = self._behind(text, end)
        if not words:
            return False
        if not separator.strip():
            if words[0] in self._is:
                return len(words) > 1 and (words[1] in self._determiners or several)
            return bool(self._verbs.search(words[0])) and words[0] not in self._others
        return (several or "(" in separator) and self._is_description(words)

    def _describes(self, text: str, end: int) -> bool:
        separator, words = self._behind(text, end)
        if words and words[0] in self._here and "." not in separator:
            end = text.lower().find(words[0], end) + len(words[0])
            separator, words = self._behind(text, end)
        if not words:
            return False
        if _APPOSED.search(separator):
            return self._is_description(words)
        if separator.strip():
            return self._is_trade(words)
        if words[0] in self._is:
            return len(words) > 1 and words[1] not in self._others
        return self._is_trade(words)

    def _is_description(self, words: list[str]) -> bool:
        return self._is_trade(words) or words[0] not in self._others | self._subjects | self._and

    def _is_trade(self, words: list[str]) -> bool:
        """Say whether these words begin with somebody who does something other than to wish."""
        if words[0] in self._and:
            words = words[1:]
            if words and words[0] not in self._subjects | self._others | self._wishes:
                return True
        if not words:
            return False
        if words[0] in self._subjects:
            return len(words) > 1 and words[1] not in self._wishes
        return bool(self._verbs.search(words[0])) and words[0] not in self._wishes | self._others

    def _behind(self, text: str, end: int) -> tuple[str, list[str]]:
        """Return what sets a name apart from what comes next, and the words that come."""
        match = _BEHIND.match(text, end)
        if not match:
            return "", []
        words = _PART.findall(text, match.end(), match.end() + _REACH)
        return match[1], [fold(word) for word in words[:_FEW]]
