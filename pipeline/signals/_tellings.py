"""Finds where a message tells of a piece of content without naming it as one.

"You rescued a skillet", "I cried at the lemur", "The vicar in the bouncy castle.": somebody did, saw
or is something that is not said to everyone. These are shapes of sentences, with a rare word in each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

Span = tuple[int, int]

_SENTENCE: Final = re.compile(r"(?:[^ .?]+ )+")
_CURRENCY: Final = "currency"
_WORDS_AFTER: Final = 12
_WORDS_OF_GREETING: Final = 5
_FEWEST_AT_BEGINNING: Final = 2


class Tellings:
    """Knows how one language tells of content; all its words are those of normalised texts."""

    def __init__(self, shapes: Mapping[str, str], is_rare: Callable[[str], bool]) -> None:
        """Take `deeds` and `reactions`, which are regular expressions, and words for the rest.

        `openers` begin a sentence that is nothing but a scene, also behind one of `greetings` if
        they are `addressed` as well; `breaks` end the scene. `is_rare` says which words count.
        """
        self._deeds: Final = re.compile(shapes["deeds"])
        self._reactions: Final = re.compile(shapes["reactions"])
        self._openers: Final = frozenset(shapes["openers"].split())
        self._addressed: Final = frozenset(shapes["addressed"].split())
        self._greetings: Final = frozenset(shapes["greetings"].split())
        self._breaks: Final = frozenset(shapes["breaks"].split())
        self._is_rare: Final = is_rare

    def told(self, normalised: str, names: frozenset[str]) -> Iterator[Span]:
        """Yield where somebody does or feels something at content."""
        for shape in (self._deeds, self._reactions):
            for match in shape.finditer(normalised):
                rest = _SENTENCE.match(normalised, match.end())
                words = [*match[0].split()[-1:], *(rest[0].split() if rest else ())]
                if self._rare(words[:_WORDS_AFTER], names):
                    yield match.start(), rest.end() if rest else match.end()

    def scenes(self, normalised: str, names: frozenset[str]) -> Iterator[Span]:
        """Yield the sentences that may be nothing but a scene."""
        for match in _SENTENCE.finditer(normalised):
            scene = self._scene(match[0].split())
            if len(self._rare(scene, names)) >= _FEWEST_AT_BEGINNING:
                yield match.span()

    def _scene(self, words: list[str]) -> list[str]:
        if words[0] in self._greetings:
            begin = next(
                (at for at, word in enumerate(words[:_WORDS_OF_GREETING]) if word in self._addressed),
                len(words),
            )
            if not self._openers.union(self._breaks).isdisjoint(words[1:begin]):
                return []
        elif words[0] in self._openers:
            begin = 0
        else:
            return []
        rest = words[begin + 1 : begin + 1 + _WORDS_AFTER]
        end = next((at for at, word in enumerate(rest) if word in self._breaks), len(rest))
        return rest[:end]

    def _rare(self, words: list[str], names: frozenset[str]) -> list[str]:
        return [
            word
            for word in words
            if word not in names and word != _CURRENCY and word.isalpha() and self._is_rare(word)
        ]
