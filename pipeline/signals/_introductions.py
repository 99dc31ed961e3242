"""Finds who is writing by the shape of a sentence: a name, and behind it what it is or does.

"Ben from Crumpet Club (a supper club)", "we're Brennholz, firewood by bike", "Fam is a restaurant".
What is a name is told by its capitals, so this looks at the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple

from pipeline.signals._clauses import Clauses
from pipeline.signals._descriptions import Descriptions, parts
from pipeline.signals._named_sentences import NamedSentences
from pipeline.signals._names import NAME, SMALL
from pipeline.signals._word_search import one_of

Span = tuple[int, int]

_BEGIN: Final = r"(?:^|(?<=[.!?\n,:;)] )|(?<=\n)|(?<=[\u2190-\U0010ffff] )|(?<=[-\u2013\u2014] ))"
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]*)?")
_STARTS: Final = ".!?\n"
_LEAD: Final = "lead"
_CALLED: Final = "called"
_KIND: Final = "kind"
_OTHER: Final = "other"
_COMPLETE: Final = frozenset({_CALLED, _KIND})
_BACK: Final = 60
_CLAUSE: Final = re.compile(r"[.,!?:;\n]")


class Introduction(NamedTuple):
    """What a text says of who is writing; the places are those of the text as it was written."""

    place: Span | None
    """Where somebody is introduced."""
    name: Span | None
    """Where somebody was named before, whatever comes behind the name."""


NOBODY: Final = Introduction(None, None)


class Introductions:
    """Knows how one language introduces somebody."""

    def __init__(self, words: Mapping[str, str], is_common: Callable[[str], bool]) -> None:
        """Take, by what they do in such a sentence, words that `|` sets apart.

        `is_common` says of a folded word whether it is a name only by its capital.
        """
        lists = {key: value.split("|") for key, value in words.items() if key != "verbs"}
        self._clauses: Final = Clauses(lists)
        self._descriptions: Final = Descriptions(
            lists, re.compile(words["verbs"]), self._clauses.tells
        )
        self._sentences: Final = NamedSentences(lists, is_common, self._descriptions, self._clauses)
        self._devotees: Final = frozenset(lists.get("devotees", ()))
        self._strangers: Final = frozenset(lists.get("strangers", ()))
        self._naming: Final = frozenset(lists.get("naming", ()))
        self._greetings: Final = frozenset(lists["greetings"])
        self._doers: Final = frozenset([*lists.get("doers", ()), *lists["self"]])
        self._others: Final = frozenset(lists.get("third_parties", ()))
        self._self: Final = frozenset(lists["self"])
        self._home: Final = frozenset(lists["home"]) - frozenset(lists["lead"])
        self._from: Final = frozenset(lists["from"])
        self._here: Final = frozenset(lists["here"])
        self._articles: Final = frozenset(lists["articles"])
        self._first_of_articles: Final = frozenset(each[0] for each in self._articles)
        self._owners: Final = frozenset(lists["owners"])
        self._roles: Final[dict[str, str]] = {
            **dict.fromkeys([*lists["here"], *lists["from"], *lists.get("naming", ())], _OTHER),
            **dict.fromkeys([*lists["kinds"]], _KIND),
            **dict.fromkeys([*lists["called"]], _CALLED),
            **dict.fromkeys([*lists["lead"], *lists["self"], *lists["home"]], _LEAD),
        }
        self._before_name: Final = frozenset(
            word
            for word, role in self._roles.items()
            if role not in _COMPLETE and word not in self._here | self._self | self._naming
        )
        """Words that tell of nobody unless a name comes at once."""
        # It begins with a set of characters, which the engine looks for quickly.
        self._key: Final = re.compile(
            rf"[ \n(,.:;!?\u2013\u2014\u00a1\u00bf-]({one_of(self._roles)})"
            r"(?:(?<=['\u2019])|(?!\w))"
        )
        apart = {*lists["indefinite"], *lists.get("strangers", ())}
        definite = [each for each in lists["articles"] if each not in apart]
        article = rf"(?:(?i:{one_of(lists['articles'])})(?: |(?<=['\u2019])))?"
        led_article = rf"(?:(?i:{one_of(definite)})(?: |(?<=['\u2019])))?"
        kind = rf"(?:(?:(?i:{one_of(lists['articles'])}) {SMALL}|{one_of(lists['kinds'])}) )?"
        group = rf"(?: (?:{one_of(lists['groups'])})\b)?" if "groups" in lists else ""
        here = rf"(?: (?i:{one_of(lists['here'])}),?)?"
        source = rf"(?i:{one_of(lists['from'])})(?: |(?<=['\u2019]))"
        gap = r"(?: |(?<=['\u2019]))"
        self._led: Final = re.compile(
            rf"{gap}{led_article}{NAME}{group}"
            rf"(?:,?{here} {source}(?:{kind}|{article}){NAME}{group})?"
        )
        self._self_led: Final = re.compile(rf" (?:{SMALL},? ){{0,6}}?{source}{article}{NAME}")
        self._sourced: Final = re.compile(rf"{gap}(?:{kind}|{article}){NAME}")
        self._before_source: Final = re.compile(rf"{_BEGIN}{NAME},?{here} $")
        self._before_here: Final = re.compile(rf"{_BEGIN}{article}{NAME} $")
        self._called: Final = re.compile(rf" {NAME}")
        place = rf"(?: (?:{one_of(lists.get('places', ['(?!)']))}) {NAME}(?=[:,(]))?"
        self._kinded: Final = re.compile(rf"(?:,? |{place} ?[(:] ?){NAME}(?! {SMALL}s\b)")
        self._signed: Final = re.compile(
            rf"\n(?:(?i:{'|'.join(lists.get('roles', ['(?!)']))})),? (?:(?:of|at|@) )?({NAME})"
        )

    def find(self, text: str) -> Introduction:
        """Return where somebody is introduced, or only named. Linear in the text."""
        named: Span | None = None
        for start, end, complete in self._names(text):
            if self._descriptions.has_job((text[start:end].rpartition(" ")[2].lower(),)):
                continue
            told = complete or self._descriptions.is_told_by(text[start:end])
            if told or self._descriptions.follows(text, end):
                return Introduction((start, end), named)
            named = named or (start, end)
        return Introduction(self._find_described(text, named), named)

    def _find_described(self, text: str, named: Span | None) -> Span | None:
        """Return an introduction without any of the words that lead to a name."""
        for signed in self._signed.finditer(text):
            if self._descriptions.follows(text, signed.end()):
                return signed.span(1)
        sentence = self._sentences.find(text)
        return sentence or (named if named and self._clauses.find(text) else None)

    def _names(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Yield where names are given, and whether it is said at once what they are."""
        small = " " + text.lower()
        if len(small) != len(text) + 1:
            return
        for key in self._key.finditer(small):
            word, start, end = key[1], key.start(1) - 1, key.end() - 1
            if word in self._before_name and not self._may_begin(text, end):
                continue
            role = self._roles[word]
            if role in _COMPLETE:
                name = (self._called if role == _CALLED else self._kinded).match(text, end)
                if name and self._is_owned(small, start):
                    yield start, name.end(), True
                continue
            last = self._end_of_led(text, word, start, end) if role == _LEAD else None
            place = (start, last) if last else self._from_there(text, word, start, end)
            if place:
                yield *place, False

    def _from_there(self, text: str, word: str, start: int, end: int) -> Span | None:
        """Return somebody "from" somewhere, or somebody who is "here"."""
        if word in self._from and self._may_begin(text, end):
            name = self._sourced.match(text, end)
            first = self._back(self._before_source, text, start) if name else None
            if name and first is not None:
                named = parts(text[first:start])[:1]
                if not named or not self._descriptions.is_no_name(named[0]):
                    return first, name.end()
                if named[0] in self._greetings:
                    return start, name.end()
            if name and (self._is_apposed(text, start, name.end()) or self._is_of_job(text, start)):
                return start, name.end()
        if word in self._naming:
            first = self._back(self._before_here, text, start)
            if first is not None and (" " in word[:3] or text[start - 2 : start - 1] == "s"):
                return first, end
        if word in self._here:
            first = self._back(self._before_here, text, start)
            if first is not None:
                return first, start - 1
        return None

    def _end_of_led(self, text: str, lead: str, start: int, end: int) -> int | None:
        if (
            lead in self._home
            and start
            and text[start - 1] not in _STARTS
            and (text[start - 2 : start - 1] not in _STARTS)
        ):
            return None
        name = self._led.match(text, end) if self._may_begin(text, end) else None
        if not name and lead in self._self:
            name = self._self_led.match(text, end)
            if name and not self._devotees.isdisjoint(name[0].lower().split()):
                return None
        return name.end() if name else None

    def _is_apposed(self, text: str, start: int, end: int) -> bool:
        """Say whether a name that ends here is described at once, and is none of the reader's."""
        clause = _CLAUSE.split(text[max(0, start - _BACK) : start].lower())[-1]
        words = clause.split()
        if not self._others.isdisjoint(words):
            return False
        if self._strangers.isdisjoint(words):
            return self._descriptions.stands_by(text, end)
        return self._descriptions.says_what_we_do(text, end)

    def _is_of_job(self, text: str, start: int) -> bool:
        """Say whether the writer's job is said before a place: "I head sales at"."""
        clause = _CLAUSE.split(text[max(0, start - _BACK) : start].lower())[-1].split()
        return (
            bool(clause)
            and clause[0] in self._doers
            and self._others.isdisjoint(clause)
            and self._descriptions.has_job(clause)
        )

    def _may_begin(self, text: str, end: int) -> bool:
        """Say whether a name, or an article before one, can stand behind a word that ends here."""
        begin = end + text.startswith(" ", end)
        first = text[begin : begin + 1]
        if first.isupper() or not first.isalpha():
            return True
        if first not in self._first_of_articles:
            return False
        word = _LETTERS.match(text, begin)
        return word is not None and word[0].lower() in self._articles

    def _back(self, shape: re.Pattern[str], text: str, end: int) -> int | None:
        """Return where a name begins that ends here."""
        word = text.rfind(" ", 0, end - 1) + 1
        if not text[word : word + 1].isupper() and not text[word : word + 2].istitle():
            before = text.rfind(" ", 0, max(word - 1, 0)) + 1
            if not text[before : before + 1].isupper():
                return None
        match = shape.search(text, max(0, end - _BACK), end)
        return match.start() if match else None

    def _is_owned(self, small: str, start: int) -> bool:
        """Say whether "our", "a" or the like stands a few words before."""
        words = small[max(0, start - _BACK) : start].split()[-5:]
        return not self._owners.isdisjoint(words) and self._others.isdisjoint(words)
