"""A message as detectors see it: its text, folded and in words, and where each came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import msgspec

from pipeline.signals._folding import fold, origins, word_ends
from pipeline.signals._introductions import NOBODY, Introduction
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._phrase_finder import Hits
from pipeline.signals._tokens import spans_of_tokens
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import PLAIN_WORDS

_QUOTE: Final = re.compile(
    r"\"[^\"\n]{1,160}\"|[\u201c\u201d\u201e][^\u201c\u201d\n]{1,160}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{1,160}\u00bb"
)

_CAPITAL: Final = re.compile(r"[A-Z](?:(?<=[^\W_A-Z] [A-Z])|(?<=[^\W_A-Z], [A-Z]))['\w\u2019]+")

_MOST_PLACES: Final = 16
_WORD_OF_NORMALISED: Final = re.compile("[^ ]+ ")

Span = tuple[int, int]
"""The first character of some words in the original text, and the one after the last."""


class Message(msgspec.Struct, frozen=True, dict=True):
    """A text in one language, or in one that no lexicon knows."""

    text: str
    foreign: frozenset[str]
    """The characters of the text that are not ASCII."""
    latin: bool
    folded: str
    merge_fields: list[Span]
    """The places in the folded text that were to be filled in; spaces stand there."""
    disguises: tuple[Span, ...]
    """The pieces of the folded text that were not written in plain words."""
    wording: str
    """The folded text with spaces where links stand."""
    tokens: list[str]
    token_set: frozenset[str]
    language: str
    lexicon: Lexicon | None
    normalised: str
    """Its words and sentence ends, each followed by a space; first and last are sentence ends."""
    hits: Hits
    """Where the lexicon's phrases stand in the normalised text."""

    @cached_property
    def introducing_hits(self) -> Hits:
        """Return where the phrases stand that introduce somebody."""
        if self.lexicon is None:
            return {}
        return self.lexicon.introducing_phrases.find(self.normalised)

    @cached_property
    def introducing(self) -> Introduction:
        """Return what the original text says of who is writing, as far as capitals tell."""
        return NOBODY if self.lexicon is None else self.lexicon.introductions.find(self.text)

    @property
    def introduction(self) -> Span | None:
        """Return where the original text says who is writing."""
        return self.introducing.place

    @cached_property
    def capitals(self) -> frozenset[str]:
        """Return the words that are written as names: with a capital where no sentence begins."""
        return frozenset(fold(word) for word in _CAPITAL.findall(self.text))

    def places(self, topic: Topic) -> list[Span]:
        """Return where words on a topic stand in the normalised text."""
        return self.hits.get(topic, [])

    def span_of_folded(self, start: int, end: int) -> Span:
        """Return the place in the original of a piece of the folded text."""
        for first, last in self.disguises:
            if first < end and start < last:
                start, end = min(start, first), max(end, last)
        if not self.foreign:
            return start, end
        return self._origins[start], self._origins[end - 1] + 1

    def is_quoted(self, start: int, end: int) -> bool:
        """Say whether a piece of the normalised text stands in quotation marks."""
        quotes = self._quotes
        if not quotes:
            return False
        begin, final = self._folded_span_of_words(start, end)
        return any(first <= begin and final <= last for first, last in quotes)

    def span_of_words(self, start: int, end: int) -> Span:
        """Return the place in the original of a piece of the normalised text."""
        return self.span_of_folded(*self._folded_span_of_words(start, end))

    def _folded_span_of_words(self, start: int, end: int) -> Span:
        first = self.normalised.count(" ", 0, start)
        last = self.normalised.count(" ", 0, end) - 1
        ends = self._word_ends
        tokens = self._token_spans
        if not tokens:
            return 0, 0
        # The first word is the sentence end that was put before all tokens.
        begin = tokens[min(bisect_right(ends, max(first - 1, 0)), len(tokens) - 1)]
        final = tokens[min(bisect_right(ends, max(last - 1, 0)), len(tokens) - 1)]
        return begin[0], final[1]

    def places_of_tokens(self, sought: frozenset[str]) -> list[Span]:
        """Return where the first of these tokens stand in the normalised text, not in an idiom."""
        if sought.isdisjoint(self.token_set):
            return []
        starts = [match.start() for match in _WORD_OF_NORMALISED.finditer(self.normalised)]
        places = []
        for token, last in zip(self.tokens, self._word_ends, strict=True):
            if token in sought and last < len(starts) - 1:
                place = starts[last], starts[last + 1]
                if not any(s <= place[0] < e for s, e in self.places(Topic.IDIOMS)):
                    places.append(place)
                    if len(places) == _MOST_PLACES:
                        break
        return places

    @cached_property
    def _quotes(self) -> list[Span]:
        if not self.foreign and '"' not in self.folded:
            return []
        return [match.span() for match in _QUOTE.finditer(self.folded)]

    @cached_property
    def _origins(self) -> Sequence[int]:
        return origins(self.text, self.foreign, latin=self.latin)

    @cached_property
    def _token_spans(self) -> list[Span]:
        return spans_of_tokens(self.wording)

    @cached_property
    def _word_ends(self) -> list[int]:
        vocabulary = self.lexicon.vocabulary if self.lexicon else PLAIN_WORDS
        return word_ends([vocabulary.word(token) for token in self.tokens])
