"""What is known of one language."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from pipeline.replies._phrases import Notation, Pattern
from pipeline.signals._folding import fold
from pipeline.signals._introductions import Introductions
from pipeline.signals._tellings import Tellings
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import EMAIL_ADDRESS, Vocabulary

_OPTIONAL_WORD: Final = re.escape("(?:[^ .?]+ )?")
_OPTIONAL_WORDS: Final = re.compile(f"(?:{_OPTIONAL_WORD}){{2,}}")
_SHORTEST_RARE: Final = 4
_MOST_HITS: Final = 8
_ALL_COUNT: Final = frozenset({Topic.NAME, Topic.INTRODUCTION})
"""Topics of which a detector looks at each hit, as not every one proves right."""

Hits = Mapping[Topic, list[tuple[int, int]]]
"""Where the words on a topic stand in a normalised text."""


Match = Callable[[str, int], re.Match[str] | None]
"""Looks at a normalised text from a position on."""


@dataclass(frozen=True)
class Phrase:
    """Some words on a topic."""

    pattern: Pattern
    topic: Topic


class Lexicon:
    """The words and phrases of a language, made from the content of a file in `lexicons/`."""

    def __init__(self, language: Mapping[str, Any]) -> None:
        """Raise ValueError, which names the phrase, where one is malformed."""
        self.vocabulary: Final = Vocabulary(
            language.get("spelling", {}), language.get("fillers", "").split()
        )
        self._common: Final = frozenset(fold(language.get("common", "")).split()) | frozenset(
            fold(language.get("stop_words", "")).split()
        )
        self._everyday: Final = self._common | frozenset(fold(language.get("everyday", "")).split())
        self.slang: Final = frozenset(fold(language.get("slang", "")).split())
        """Slang and casual abbreviations, as they stand in folded texts."""
        self.breaks: Final = frozenset(fold(language.get("breaks", "")).split())
        """The words that end what an owner's word speaks of."""
        self._endings: Final = tuple(language.get("endings", "").split())
        self._by_words: Final = self._read(language)
        self._first_words: Final = frozenset(self._by_words)
        self._matches: Final = lru_cache(maxsize=2**15)(self._find_matches)
        self.is_common: Final = lru_cache(maxsize=2**15)(self._is_common)
        """Say whether a word of a normalised text, or what it is a form of, is a common one."""
        self.is_rare: Final = lru_cache(maxsize=2**15)(self._is_rare)
        """Say whether a word of a normalised text is too rare to be said to everyone."""
        self.is_singular: Final = lru_cache(maxsize=2**15)(self._is_singular)
        """Say whether a word is rare, and none that is said of many things either."""
        self.tellings: Final = Tellings(language["tellings"], self.is_rare)
        self.introductions: Final = Introductions(
            {**language["introduction"], "kinds": _flat(language["groups"]["brand"])},
            self.is_common,
        )

    def find(self, normalised: str) -> Hits:
        """Return where phrases stand, the first few of each topic. Linear in the text.

        A phrase is not sought where an idiom stands, nor inside of a longer one of its topic.
        """
        hits: dict[Topic, list[tuple[int, int]]] = {}
        first_words, matches = self._first_words, self._matches
        words = normalised.split(" ")
        position = shielded = 0
        for index, word in enumerate(words):
            if word in first_words and position >= shielded:
                for topic, match_at in matches(word, words[index + 1]):
                    match = match_at(normalised, position)
                    if match:
                        _note(
                            hits.setdefault(topic, []),
                            position,
                            match.end(),
                            also_inside=topic in _ALL_COUNT,
                        )
                        if topic is Topic.IDIOMS:
                            shielded = match.end()
                            break
            position += len(word) + 1
        return hits

    def _read(self, language: Mapping[str, Any]) -> Mapping[str, tuple[tuple[Phrase, Any], ...]]:
        table: dict[str, dict[Phrase, set[str]]] = defaultdict(lambda: defaultdict(set))
        for phrase in sorted(self._written(language), key=lambda each: each.topic != Topic.IDIOMS):
            for first, *second in phrase.pattern.beginnings:
                table[first][phrase].add(second[0] if second else "")
        return {first: tuple(each.items()) for first, each in table.items()}

    def _written(self, language: Mapping[str, Any]) -> Iterator[Phrase]:
        notation = Notation(self.vocabulary.spell, language.get("groups", {}))
        for topic, phrases in language.get("phrases", {}).items():
            for phrase in phrases:
                yield Phrase(notation.read(phrase), Topic(topic))

    def _find_matches(self, first: str, second: str) -> tuple[tuple[Topic, Match], ...]:
        """Return what can match where these two words stand, idioms first."""
        expressions: dict[Topic, list[str]] = {}
        for phrase, seconds in self._by_words[first]:
            if second in seconds or "" in seconds:
                expressions.setdefault(phrase.topic, []).append(phrase.pattern.expression)
        return tuple(
            (topic, _compiled(alternatives))
            for topic, each in expressions.items()
            for alternatives in (
                ((one,) for one in each) if topic in _ALL_COUNT else (tuple(each),)
            )
        )

    def _is_common(self, word: str) -> bool:
        return word in self.slang or self._is_form(word, self._common)

    def _is_singular(self, word: str) -> bool:
        return self.is_rare(word) and not self._is_form(word, self._everyday)

    def _is_form(self, word: str, of: frozenset[str]) -> bool:
        if word in of:
            return True
        stems = [word.removesuffix(ending) for ending in self._endings if word.endswith(ending)]
        return any(stem in of or f"{stem}e" in of for stem in stems)

    def _is_rare(self, word: str) -> bool:
        return len(word) >= _SHORTEST_RARE and word != EMAIL_ADDRESS and not self.is_common(word)


def _flat(group: str) -> str:
    """Return the words of a group that `|` sets apart, without white space around them."""
    return "|".join(" ".join(each.split()) for each in group.split("|"))


@lru_cache(maxsize=2**13)
def _compiled(expressions: tuple[str, ...]) -> Match:
    """Compile alternatives, the longer ones first; only once needed, as all take a second."""
    return re.compile("|".join(map(_counted, sorted(expressions, key=len, reverse=True)))).match


def _counted(expression: str) -> str:
    """Write several optional words in a row as one repetition, which fails in linear time."""
    return _OPTIONAL_WORDS.sub(
        lambda run: f"(?:[^ .?]+ ){{0,{run[0].count('?:')}}}",
        expression,
    )


def _note(places: list[tuple[int, int]], start: int, end: int, *, also_inside: bool) -> None:
    inside = places and end <= places[-1][1]
    if len(places) < _MOST_HITS and (also_inside or not inside):
        places.append((start, end))
