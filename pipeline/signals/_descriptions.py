"""Says whether what comes behind a name says what it is or does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice
from typing import Final

from pipeline.signals._folding import fold

_PART: Final = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*+|\d+")
_BEHIND: Final = re.compile(r"[\"\u201d\u201c\u00bb\u2122]?(\s*[^\w\s][^\w]*|\s+)")
_APPOSED: Final = re.compile(r"[,;:()\u2013\u2014-]|[\u2190-\U0010ffff]")
_BESIDE: Final = re.compile(r"[\"\u201d]?(?:\.?, | ?[(\u2013\u2014-] ?)")
_BRACKETS: Final = re.compile(r"[^.!?,()\n]{0,24} \([^()\n]{1,60}\)")
_NEXT: Final = re.compile(r"[^.!?\n]{0,60}[.!?] ")
_ASIDE: Final = re.compile(r"[a-z][^.,:;!?()\n]{2,60}[,.!?);\n]")
_REACH: Final = 48
_FEW: Final = 4


class Descriptions:
    """Knows how one language goes on behind a name."""

    def __init__(
        self,
        words: Mapping[str, Sequence[str]],
        verbs: re.Pattern[str],
        tells: Callable[[str, int], bool],
    ) -> None:
        """Take lists of words by what they do, and an expression for verbs of trade.

        `tells` says whether a clause begins at a place that says what the writers do.
        """
        self._tells: Final = tells
        self._here: Final = frozenset(words["here"])
        self._is: Final = frozenset(words["is"])
        self._subjects: Final = frozenset(words["subjects"])
        self._wishes: Final = frozenset(words["wishes"])
        self._idle: Final = self._wishes.union(words.get("idle", ()))
        self._devotees: Final = frozenset(words.get("devotees", ()))
        self._persons: Final = self._devotees.union(words.get("persons", ()))
        self._vague: Final = frozenset(words.get("vague", ())).union(words.get("jobs", ()))
        self._it: Final = tuple(words.get("pronouns", ()))
        self._groups: Final = frozenset(words.get("groups", ()))
        self._been: Final = next(iter(words.get("been", ())), "")
        self._perfect: Final = frozenset(words.get("perfect", ()))
        self._named_kinds: Final = frozenset(words.get("named_kinds", ()))
        self._others: Final = frozenset(words["others"])
        self._and: Final = frozenset(words["and"])
        self._determiners: Final = frozenset(words["articles"])
        self._none: Final = self._others | self._subjects | self._and
        self._jobs: Final = frozenset(words.get("jobs", ()))
        self._no_names: Final = self._others.union(
            self._subjects, self._jobs, words.get("offices", ()), words.get("glad", ())
        )
        self._offices: Final = self._jobs.union(words.get("offices", ()))
        self._no_descriptions: Final = self._none.union(words.get("glad", ()))
        self._makers: Final = frozenset(words.get("makers", ()))
        self._openings: Final = frozenset(words.get("openings", ()))
        self._ours: Final = frozenset(words.get("ours", ()))
        self._owned: Final = frozenset(words.get("owned", ()))
        self._kinds: Final = frozenset(words.get("premises", ())).union(words["kinds"])
        self._local: Final = frozenset(words.get("local", ()))
        self._after_nouns: Final = frozenset(words.get("after_nouns", ()))
        self._no_verbs: Final = self._wishes | self._others
        self._verbs: Final = verbs
        self._first_of_asides: Final = self._determiners | self._owned
        self._first_of_acts: Final = self._determiners.union(
            self._groups, self._is, self._perfect, self._openings
        )
        self._aside: Final = re.compile(
            rf"[^.!?\n]{{0,80}}?[,)] (?:{'|'.join(words['indefinite'])}) [^\W\d_]"
        )

    def is_no_name(self, word: str) -> bool:
        """Say whether a folded word is one that begins sentences."""
        return word in self._no_names

    def has_job(self, words: Iterable[str]) -> bool:
        """Say whether one of some folded words is a job, or what one is for, and no trade."""
        return not self._offices.isdisjoint(words)

    def is_told_by(self, name: str) -> bool:
        """Say whether a name holds a word for what it is: "the Button Museum"."""
        return any(fold(word) in self._named_kinds for word in name.split() if word[0].isupper())

    def follows(self, text: str, end: int) -> bool:
        """Say whether a name that ends here, behind "we are" or the like, is described."""
        if self._describes(text, end) or self._aside.match(text, end):
            return True
        brackets = _BRACKETS.match(text, end)
        if brackets is not None and self._describes(text, brackets.end()):
            return True
        following = _NEXT.match(text, end)
        return following is not None and self._tells_of_it(text, following.end())

    def _tells_of_it(self, text: str, start: int) -> bool:
        """Say whether a sentence that begins here says what "it" is, which was named before."""
        word = _PART.match(text, start)
        return word is not None and fold(word[0]).startswith(self._it) and self._tells(text, start)

    def completes(self, text: str, end: int, *, several: bool) -> bool:
        """Say whether a sentence that begins with a name, of `several` words, describes it."""
        behind = _BEHIND.match(text, end)
        if behind is None:
            return False
        if behind[1].isspace():
            return self._acts(text, behind.end(), several=several)
        if self._tells(text, end + len(behind[1])):
            return True
        if "(" not in behind[1] and self._is_kind_aside(text, behind.end()):
            return True
        if "(" not in behind[1] and (not several or text[behind.end() :][:1].isupper()):
            return False
        return self._is_description(_words(text, behind.end()))

    def _is_kind_aside(self, text: str, start: int) -> bool:
        """Say whether a few words from here to the end of a clause say what kind of thing it is."""
        aside = _ASIDE.match(text, start)
        if aside is None or aside[0].partition(" ")[0] not in self._first_of_asides:
            return False
        words = parts(aside[0])
        if len(words) == 1 or not self._jobs.isdisjoint(words):
            return False
        if words[0] in self._determiners and not self._kinds.isdisjoint(words):
            return True
        return aside[0].endswith(",") and (words[0] in self._ours or words[1] in self._local)

    def _acts(self, text: str, start: int, *, several: bool) -> bool:
        """Say whether a verb that begins here says what its subject, of `several` words, does."""
        first = _PART.match(text, start)
        if first is None or not self._may_act(fold(first[0])):
            return False
        words = _words(text, start)
        if words[0] in self._groups and len(words) > 1:
            words = words[1:]
        verb, behind = words[0], words[1] if len(words) > 1 else ""
        if verb in self._is:
            return bool(behind) and (behind in self._determiners or several)
        if verb in self._perfect and (several or behind == self._been):
            going_on = behind == self._been and any(word.endswith("ing") for word in words[2:])
            return going_on or (behind.endswith("ed") and behind not in self._wishes)
        if verb in self._openings:
            return behind in self._determiners or behind in self._owned
        return self._is_kind(words) or (
            bool(self._verbs.search(verb))
            and verb not in self._others
            and behind not in self._after_nouns
        )

    def _may_act(self, word: str) -> bool:
        return word in self._first_of_acts or bool(self._verbs.search(word))

    def _is_kind(self, words: list[str]) -> bool:
        """Say whether these words begin with "the" or the like and a kind of business."""
        return words[0] in self._determiners and not self._kinds.isdisjoint(words[1:3])

    def says_what_we_do(self, text: str, end: int) -> bool:
        """Say whether behind a name that ends here the writers say what they do."""
        match = _BESIDE.match(text, end)
        return match is not None and self._tells(text, match.end())

    def stands_by(self, text: str, end: int) -> bool:
        """Say whether a name that ends here is described behind a comma or in brackets."""
        match = _BESIDE.match(text, end)
        if not match:
            return False
        if self._tells(text, match.end()):
            return True
        words = _PART.findall(text, match.end(), match.end() + _REACH)
        return (
            len(words) > 1
            and words[0] in self._determiners
            and not words[1][0].isupper()
            and self._jobs.isdisjoint(map(fold, words[1:_FEW]))
        )

    def _describes(self, text: str, end: int) -> bool:
        separator, words = _behind(text, end)
        if words and words[0] in self._here and "." not in separator:
            end = text.lower().find(words[0], end) + len(words[0])
            separator, words = _behind(text, end)
        if not words:
            return False
        if self._tells(text, end + len(separator)):
            return True
        if words[0] in self._is and not self._determiners.isdisjoint(words[1:2]):
            return self._jobs.isdisjoint(words)
        return self._goes_on(separator, words)

    def _goes_on(self, separator: str, words: list[str]) -> bool:
        """Say whether words behind a name, which `separator` sets apart, say what it does."""
        if _APPOSED.search(separator):
            return self._is_description(words) and self._persons.isdisjoint(words)
        if separator.strip():
            return self._is_trade(words, self._idle)
        if words[0] in self._is:
            return len(words) > 1 and words[1] not in self._others
        return words[0] in self._makers or self._is_kind(words) or self._is_trade(words)

    def _is_description(self, words: list[str]) -> bool:
        """Say whether these words say what somebody does, other than which job they have."""
        if not words or not self._jobs.isdisjoint(words):
            return False
        return self._is_trade(words) or words[0] not in self._no_descriptions

    def _is_trade(self, words: list[str], wishes: frozenset[str] | None = None) -> bool:
        """Say whether these words begin with somebody who does something other than `wishes`."""
        wishes = wishes or self._wishes
        if words[0] in self._and:
            words = words[1:]
            if words and words[0] not in self._none | self._wishes:
                return words[0] not in self._determiners or self._vague.isdisjoint(words[1:2])
        if not words:
            return False
        if words[0] in self._subjects:
            if words[1:2] and words[1] in self._is:
                return words[2:3] != [] and words[2].endswith("ing") and words[2] not in self._idle
            return len(words) > 1 and words[1] not in wishes and self._owned.isdisjoint(words[2:3])
        return bool(self._verbs.search(words[0])) and words[0] not in self._no_verbs


def parts(text: str) -> list[str]:
    """Return the words of a text, folded."""
    return [fold(word) for word in _PART.findall(text)]


def _behind(text: str, end: int) -> tuple[str, list[str]]:
    """Return what sets a name apart from what comes next, and the words that come."""
    match = _BEHIND.match(text, end)
    if not match:
        return "", []
    return match[1], _words(text, match.end())


def _words(text: str, start: int) -> list[str]:
    """Return the next few words of a text, folded."""
    following = _PART.finditer(text, start, start + _REACH)
    return [fold(match[0]) for match in islice(following, _FEW)]
