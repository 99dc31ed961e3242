"""What is known of one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, Final

from pipeline.replies._phrases import Notation
from pipeline.signals._folding import fold
from pipeline.signals._introductions import Introductions
from pipeline.signals._phrase_finder import Phrase, PhraseFinder
from pipeline.signals._remembered import (
    INTRODUCTIONS_REMEMBERED,
    RARE_WORDS_REMEMBERED,
    WORDS_REMEMBERED,
)
from pipeline.signals._tellings import Tellings
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import EMAIL_ADDRESS, QUESTION_END, SENTENCE_END, Vocabulary

_SHORTEST_RARE: Final = 4
_INTRODUCING: Final = frozenset({Topic.NAME, Topic.TRADE, Topic.INTRODUCTION})
_WITH_IDIOMS: Final = _INTRODUCING | {Topic.IDIOMS}


class Lexicon:
    """The words and phrases of a language, made from the content of a file in `lexicons/`."""

    def __init__(self, language: Mapping[str, Any]) -> None:
        """Raise ValueError, which names the phrase, where one is malformed."""
        self.vocabulary: Final = Vocabulary(
            language.get("spelling", {}), language.get("fillers", "").split()
        )
        self.stop_words: Final = frozenset(fold(language.get("stop_words", "")).split())
        """The little words by which the language is known."""
        self._common: Final = self.stop_words | frozenset(fold(language.get("common", "")).split())
        self._everyday: Final = self._common | frozenset(fold(language.get("everyday", "")).split())
        self.slang: Final = frozenset(fold(language.get("slang", "")).split())
        """Slang and casual abbreviations, as they stand in folded texts."""
        self.breaks: Final = frozenset((SENTENCE_END, QUESTION_END)).union(
            fold(language.get("breaks", "")).split()
        )
        """The words that end what an owner's word speaks of, and the ends of sentences."""
        self._endings: Final = tuple(language.get("endings", "").split())
        self._phrases: Final = tuple(self._written(language))
        self.phrases: Final = PhraseFinder(
            phrase for phrase in self._phrases if phrase.topic not in _INTRODUCING
        )
        self.is_common: Final = lru_cache(maxsize=WORDS_REMEMBERED)(self._is_common)
        """Say whether a word of a normalised text, or what it is a form of, is a common one."""
        self.is_rare: Final = lru_cache(maxsize=RARE_WORDS_REMEMBERED)(self._is_rare)
        """Say whether a word of a normalised text is too rare to be said to everyone."""
        self.is_singular: Final = lru_cache(maxsize=RARE_WORDS_REMEMBERED)(self._is_singular)
        """Say whether a word is rare, and none that is said of many things either."""
        self.tellings: Final = Tellings(language["tellings"], self.is_rare, self.is_singular)
        self.introductions: Final = Introductions(
            {**language["introduction"], "kinds": _flat(language["groups"]["brand"])},
            self.is_common,
        )

    @cached_property
    def introducing_phrases(self) -> PhraseFinder:
        """Return what finds the phrases of introductions, which few messages are asked for."""
        return PhraseFinder(
            (phrase for phrase in self._phrases if phrase.topic in _WITH_IDIOMS),
            INTRODUCTIONS_REMEMBERED,
        )

    def _written(self, language: Mapping[str, Any]) -> Iterator[Phrase]:
        notation = Notation(self.vocabulary.spell, language.get("groups", {}))
        for topic, phrases in language.get("phrases", {}).items():
            for phrase in phrases:
                yield Phrase(notation.read(phrase), Topic(topic))

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
