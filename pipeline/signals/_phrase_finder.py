"""Finds the phrases of a lexicon in normalised texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.replies._phrases import Pattern
from pipeline.signals._remembered import LONGEST_REMEMBERED, SENTENCES_REMEMBERED
from pipeline.signals._topics import Topic

_OPTIONAL_WORD: Final = re.escape("(?:[^ .?]+ )?")
_OPTIONAL_WORDS: Final = re.compile(f"(?:{_OPTIONAL_WORD}){{2,}}")

_BEFORE: Final = ". "
_SENTENCE: Final = re.compile(r"[^ .?][^.?]*+(?:[.?] )?")
_ANY: Final = ""
"""Stands for any word, also one that is in no phrase."""
_MOST_HITS: Final = 8
_ALL_COUNT: Final = frozenset({Topic.NAME, Topic.INTRODUCTION})
"""Topics of which a detector looks at each hit, as not every one proves right."""
_ONCE: Final = frozenset({Topic.ASK, Topic.INTEREST})
"""Topics of which nothing is sought where a hit reaches."""

Hits = Mapping[Topic, list[tuple[int, int]]]
"""Where the words on a topic stand in a normalised text."""

Match = Callable[[str, int], re.Match[str] | None]
"""Looks at a normalised text from a position on."""

Matches = tuple[tuple[Topic, Match], ...]


@dataclass(frozen=True)
class Phrase:
    """Some words on a topic."""

    pattern: Pattern
    topic: Topic


class PhraseFinder:
    """Looks up by their first two words which phrases can stand at a place."""

    def __init__(self, phrases: Iterable[Phrase], remembered: int = SENTENCES_REMEMBERED) -> None:
        """Take phrases in any order, and of how many sentences to remember what they hold.

        Idioms are sought before the others.
        """
        self._phrases: Final[dict[str, dict[Phrase, set[str]]]] = defaultdict(
            lambda: defaultdict(set)
        )
        for phrase in sorted(phrases, key=lambda each: each.topic != Topic.IDIOMS):
            for first, *second in phrase.pattern.beginnings:
                self._phrases[first][phrase].add(second[0] if second else _ANY)
        self._matches: Final[dict[str, dict[str, Matches | None]]] = {
            first: dict.fromkeys({_ANY}.union(*each.values()))
            for first, each in self._phrases.items()
        }
        """What can match where two words stand, once they were met; all others count as `_ANY`."""
        self._in_sentence: Final = lru_cache(maxsize=remembered)(self._find_in_sentence)

    def find(self, normalised: str) -> Hits:
        """Return where phrases stand, the first few of each topic. Linear in the text.

        A phrase is not sought where an idiom stands, nor inside of a longer one of its topic, nor
        across the end of a sentence. Sentences recur in campaigns, so the latest are remembered.
        """
        hits: dict[Topic, list[tuple[int, int]]] = {}
        known, found_in = self._in_sentence, self._find_in_sentence
        for sentence in _SENTENCE.finditer(normalised):
            words = sentence[0]
            found = known(words) if len(words) <= LONGEST_REMEMBERED else found_in(words)
            if found:
                begin = sentence.start()
                for topic, start, end in found:
                    places = hits.get(topic)
                    if places is None:
                        hits[topic] = [(begin + start, begin + end)]
                    elif len(places) < _MOST_HITS:
                        places.append((begin + start, begin + end))
        return hits

    def _find_in_sentence(self, sentence: str) -> tuple[tuple[Topic, int, int], ...]:
        """Return the phrases of a sentence, which has the end of the one before in front."""
        text = _BEFORE + sentence
        found: list[tuple[Topic, int, int]] = []
        reached: dict[Topic, int] = {}
        by_first = self._matches
        words = sentence.split(" ")
        position, shielded = len(_BEFORE), 0
        for index, word in enumerate(words):
            by_second = by_first.get(word)
            if by_second is not None and position >= shielded:
                second = words[index + 1]
                if second not in by_second:
                    second = _ANY
                matches = by_second[second]
                if matches is None:
                    matches = by_second[second] = self._find_matches(word, second)
                for topic, match_at in matches:
                    if topic in _ONCE and reached.get(topic, 0) > position:
                        continue
                    match = match_at(text, position)
                    if match is None:
                        continue
                    end = match.end()
                    if end > reached.get(topic, 0) or topic in _ALL_COUNT:
                        found.append((topic, position - len(_BEFORE), end - len(_BEFORE)))
                        reached[topic] = end
                    if topic is Topic.IDIOMS:
                        shielded = end
                        break
            position += len(word) + 1
        return tuple(found)

    def _find_matches(self, first: str, second: str) -> Matches:
        """Return what can match where these two words stand, idioms first."""
        expressions: dict[Topic, list[str]] = {}
        for phrase, seconds in self._phrases[first].items():
            if second in seconds or _ANY in seconds:
                expressions.setdefault(phrase.topic, []).append(phrase.pattern.expression)
        return tuple(
            (topic, _compiled(alternatives))
            for topic, each in expressions.items()
            for alternatives in (
                ((one,) for one in each) if topic in _ALL_COUNT else (tuple(each),)
            )
        )


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
