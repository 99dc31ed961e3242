"""A message as detectors see it: its text, folded and in words, and where each came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from typing import Final

import msgspec

from pipeline.signals._context import Context
from pipeline.signals._disguises import undo
from pipeline.signals._folding import fold, look_alikes, origins, word_ends
from pipeline.signals._language import UNDETERMINED, LanguageFinder, language_of_script
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._links import mask_links
from pipeline.signals._merge_fields import mask_merge_fields
from pipeline.signals._phrase_finder import Hits
from pipeline.signals._topics import Topic
from pipeline.signals._vocabulary import SENTENCE_END, Vocabulary

# Every repetition is bounded or possessive: time is linear in the text, whatever it holds.
_WRITTEN: Final = (
    r"[^\W\d_]{1,40}+(?:'[^\W\d_]{1,40}+){0,2}+|\d++(?:[.,:]\d++)*+(?:k(?![a-z]))?"
    r"|[$€£₹¥%]|\?++(?![\w=&\"'”»])|[!;\r\n]++|\.(?=\s|$)"
)
_ASCII_WRITTEN: Final = _WRITTEN.replace(r"[^\W\d_]", "[a-z]").replace(r"\d", "[0-9]")
_PLAIN_TOKENS: Final = re.compile(_WRITTEN)
_PLAIN_ASCII_TOKENS: Final = re.compile(_ASCII_WRITTEN)
_ADDRESS: Final = r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,63}+(?:\.[\w-]{1,63}+){1,8}+|@[\w.]*+|"
_TOKENS_WITH_ADDRESSES: Final = re.compile(_ADDRESS + _WRITTEN)
_ASCII_TOKENS_WITH_ADDRESSES: Final = re.compile(_ADDRESS + _ASCII_WRITTEN)
_FOREIGN_LETTERS: Final = re.compile(r"(?:(?![\x00-\u024f\u1e00-\u1eff])[^\W\d_])")
_LATIN_LETTERS: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

_QUOTE: Final = re.compile(
    r"\"[^\"\n]{1,160}\"|[\u201c\u201d\u201e][^\u201c\u201d\n]{1,160}[\u201c\u201d]"
    r"|\u00ab[^\u00bb\n]{1,160}\u00bb"
)

_FEW_OF: Final = 4
_MOST_PLACES: Final = 16
_WORD_OF_NORMALISED: Final = re.compile("[^ ]+ ")

_PLAIN_WORDS: Final = Vocabulary({}, ())

Span = tuple[int, int]
"""The first character of some words in the original text, and the one after the last."""


class Message(msgspec.Struct, frozen=True, dict=True):
    """A text in one language, or in one that no lexicon knows."""

    text: str
    folded: str
    wording: str
    """The folded text with spaces where links stand."""
    latin: bool
    tokens: list[str]
    token_set: frozenset[str]
    language: str
    lexicon: Lexicon | None
    disguises: tuple[Span, ...]
    """The pieces of the folded text that were not written in plain words."""

    @cached_property
    def normalised(self) -> str:
        """Return its words and sentence ends, each followed by a space.

        The first and the last are sentence ends.
        """
        words = " ".join(filter(None, map(self._vocabulary.word, self.tokens)))
        return f"{SENTENCE_END} {words} {SENTENCE_END} "

    @cached_property
    def hits(self) -> Hits:
        """Return where the lexicon's phrases stand in the normalised text."""
        return {} if self.lexicon is None else self.lexicon.phrases.find(self.normalised)

    @cached_property
    def introducing_hits(self) -> Hits:
        """Return where the phrases stand that introduce somebody."""
        if self.lexicon is None:
            return {}
        return self.lexicon.introducing_phrases.find(self.normalised)

    @cached_property
    def introduction(self) -> Span | None:
        """Return where the original text says who is writing, as far as capitals tell."""
        return None if self.lexicon is None else self.lexicon.introductions.find(self.text)

    def places(self, topic: Topic) -> list[Span]:
        """Return where words on a topic stand in the normalised text."""
        return self.hits.get(topic, [])

    def span_of_folded(self, start: int, end: int) -> Span:
        """Return the place in the original of a piece of the folded text."""
        for first, last in self.disguises:
            if first < end and start < last:
                start, end = min(start, first), max(end, last)
        if self.text.isascii():
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
        folded = self.folded
        if folded.isascii() and '"' not in folded:
            return []
        return [match.span() for match in _QUOTE.finditer(folded)]

    @cached_property
    def _origins(self) -> list[int]:
        return origins(self.text, latin=self.latin)

    @cached_property
    def _token_spans(self) -> list[Span]:
        return [match.span() for match in _tokens_of(self.wording).finditer(self.wording)]

    @cached_property
    def _word_ends(self) -> list[int]:
        return word_ends([self._vocabulary.word(token) for token in self.tokens])

    @property
    def _vocabulary(self) -> Vocabulary:
        return self.lexicon.vocabulary if self.lexicon else _PLAIN_WORDS


def read_message(
    text: str, context: Context, finder: LanguageFinder, lexicons: Mapping[str, Lexicon]
) -> Message:
    """Return the message with its language found out, unless the context gives it."""
    latin = text.isascii() or _is_latin(text)
    folded = mask_merge_fields(fold(text, latin=latin))
    wording = mask_links(folded)
    tokens = _tokens_of(wording).findall(wording)
    token_set = frozenset(tokens)
    folded, disguises = undo(folded, token_set)
    if disguises:
        wording = mask_links(folded)
        tokens = _tokens_of(wording).findall(wording)
        token_set = frozenset(tokens)
    language = context.language.lower().replace("_", "-").partition("-")[0]
    if not language:
        language = finder.find(token_set) if latin else language_of_script(text)
        if latin and language == UNDETERMINED:
            language = _language_of_words(token_set, lexicons)
    lexicon = lexicons.get(language)
    return Message(text, folded, wording, latin, tokens, token_set, language, lexicon, disguises)


def _language_of_words(tokens: frozenset[str], lexicons: Mapping[str, Lexicon]) -> str:
    """Return the language whose common words are a good part of a text without little words."""
    shown = {
        code: sum(len(token) > 1 and lexicon.is_common(token) for token in tokens)
        for code, lexicon in lexicons.items()
    }
    best = max(shown, key=lambda code: shown[code])
    enough = shown[best] > 0 and shown[best] * _FEW_OF >= len(tokens)
    return best if enough else UNDETERMINED


def _tokens_of(folded: str) -> re.Pattern[str]:
    if folded.isascii():
        return _ASCII_TOKENS_WITH_ADDRESSES if "@" in folded else _PLAIN_ASCII_TOKENS
    return _TOKENS_WITH_ADDRESSES if "@" in folded else _PLAIN_TOKENS


def _is_latin(text: str) -> bool:
    """Say whether a text is in Latin letters, or in letters that are to look like them."""
    foreign = _FOREIGN_LETTERS.findall(text)
    if len(foreign) <= len(_LATIN_LETTERS.findall(text)):
        return True
    known = look_alikes()
    strangers = sum(letter not in known and not fold(letter).isascii() for letter in foreign)
    return strangers * 10 < len(foreign)
