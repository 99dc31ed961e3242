"""Finds where a message tells of a piece of content without naming it as one.

"You rescued a skillet", "I cried at the lemur", "The vicar in the bouncy castle.": somebody did,
saw or is something that is not said to everyone. These are shapes of sentences, each with a rare
word in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.signals._remembered import LONGEST_REMEMBERED, SENTENCES_REMEMBERED

Span = tuple[int, int]

_SENTENCE: Final = re.compile(r"[^ .?][^.?]*+")
_CURRENCY: Final = "currency"
_WORDS_AFTER: Final = 12
_REACH: Final = 40 * _WORDS_AFTER
_WORDS_OF_GREETING: Final = 5
_WORDS_OF_SUBJECT: Final = 3
_FEWEST: Final = 1
_FEWEST_OF_SCENE: Final = 2


class Telling(NamedTuple):
    """Some words that may tell of content."""

    place: Span
    fewest: int
    """How many rare words it needs."""
    rare: frozenset[str]
    is_any: bool = False
    """Whether it is any sentence that is not about ourselves."""

    def holds_without(self, names: frozenset[str]) -> bool:
        """Say whether it has rare words enough besides these."""
        return len(self.rare - names) >= self.fewest

    @property
    def is_scene(self) -> bool:
        """Say whether it is a whole sentence in which nobody is said to do anything."""
        return self.fewest == _FEWEST_OF_SCENE


class Tellings:
    """Knows how one language tells of content; all its words are those of normalised texts."""

    def __init__(
        self,
        shapes: Mapping[str, str],
        is_rare: Callable[[str], bool],
        is_singular: Callable[[str], bool],
    ) -> None:
        """Take `deeds` and `reactions`, which are regular expressions, and words for the rest.

        `openers` begin a sentence that is nothing but a scene, also behind one of `greetings` if
        they are `addressed` as well; `breaks` end the scene. `is_rare` says which words count.

        No scene begins with one of `wares`, which are for sale. In any other sentence those words
        count that `is_singular` allows, if it has neither a ware nor one of `ours`, and
        `we` in it speak of something that is known by one of `definite`; without one of these and
        of `reader` it tells of nothing. Before one of `ours_of_liking` a word of `ours` says what
        was liked. `titles` stand before a name behind a greeting. `no_scene` is an expression for
        what makes any sentence none.
        """
        self._deeds: Final = re.compile(shapes["deeds"])
        self._reactions: Final = re.compile(shapes["reactions"])
        self._no_scene: Final = re.compile(shapes["no_scene"]) if "no_scene" in shapes else None
        self._openers: Final = frozenset(shapes["openers"].split())
        self._addressed: Final = frozenset(shapes["addressed"].split())
        self._greetings: Final = frozenset(shapes["greetings"].split())
        self.breaks: Final = frozenset(shapes["breaks"].split())
        """The words that say something of ourselves, or wish for something."""
        self.claims: Final = frozenset(shapes.get("claims", shapes["breaks"]).split())
        """The words before a sum or a demand that make it ours."""
        self._no_greeting: Final = self._openers | self.breaks
        self._ours: Final = frozenset(shapes.get("ours", "").split())
        self._liked: Final = frozenset(shapes.get("ours_of_liking", "").split())
        self.quoting: Final = frozenset(shapes.get("quoting", "").split())
        """The words beside a quotation that say that it is our own, or that it is to be sent."""
        self._wares: Final = frozenset(shapes.get("wares", "").split())
        self._we: Final = frozenset(shapes.get("we", "").split())
        self._definite: Final = frozenset(shapes.get("definite", "").split())
        self._known: Final = self._definite.union(shapes.get("reader", "").split())
        self._titles: Final = frozenset(shapes.get("titles", "").split())
        self._is_rare: Final = is_rare
        self._is_singular: Final = is_singular
        self._tellings: Final = lru_cache(maxsize=SENTENCES_REMEMBERED)(self._find_in_sentence)

    def find(self, normalised: str, names: frozenset[str]) -> Iterator[Telling]:
        """Yield where content is told of by words that are no `names`.

        Sentences recur in campaigns, so what the latest tell is remembered.
        """
        for sentence in _SENTENCE.finditer(normalised):
            begin = sentence.start()
            words = sentence[0]
            known = self._tellings if len(words) <= LONGEST_REMEMBERED else self._find_in_sentence
            for telling in known(words):
                if telling.holds_without(names):
                    (start, end), fewest, rare, is_any = telling
                    yield Telling((begin + start, begin + end), fewest, rare - names, is_any)

    def _find_in_sentence(self, sentence: str) -> tuple[Telling, ...]:
        text = f" {sentence}"
        found: list[Telling] = []
        for shape in (self._deeds, self._reactions):
            for match in shape.finditer(text):
                words = [*match[0].split()[-1:], *text[match.end() : match.end() + _REACH].split()]
                place = max(match.start() - 1, 0), len(sentence)
                found.append(Telling(place, _FEWEST, self._rare(words[:_WORDS_AFTER])))
        found += self._scenes(sentence, text)
        return tuple(each for each in found if len(each.rare) >= each.fewest)

    def _scenes(self, sentence: str, text: str) -> list[Telling]:
        """Return what makes the whole of a sentence a scene, of either form."""
        split = sentence.split()
        whole = 0, len(sentence)
        found = [Telling(whole, _FEWEST_OF_SCENE, self._rare(self._scene(split)))]
        if self._ours:
            found.append(Telling(whole, _FEWEST_OF_SCENE, self._of_any(split), is_any=True))
        found = [each for each in found if len(each.rare) >= each.fewest]
        if found and self._no_scene is not None and self._no_scene.search(text):
            return []
        return found

    def _scene(self, words: list[str]) -> list[str]:
        """Return the words that can make a sentence a scene."""
        if not self._wares.isdisjoint(words[:_WORDS_OF_SUBJECT]):
            return []
        if words[0] not in self._openers and words[0] not in self._greetings:
            return []
        begin = 0
        if words[0] in self._greetings:
            begin = next(
                (
                    at
                    for at, word in enumerate(words[:_WORDS_OF_GREETING])
                    if word in self._addressed
                ),
                0,
            )
            if not begin or not self._no_greeting.isdisjoint(words[1:begin]):
                return []
        rest = words[begin + 1 : begin + 1 + _WORDS_AFTER]
        end = next((at for at, word in enumerate(rest) if word in self.breaks), len(rest))
        return rest[:end]

    def _of_any(self, words: list[str]) -> frozenset[str]:
        """Return the words that make a sentence special, of whatever form it is."""
        if not self._wares.isdisjoint(words) or self._is_ours(words):
            return frozenset()
        if words[0] in self._greetings:
            words = words[3 if words[1:2] and words[1] in self._titles else 2 :]
        if self._known.isdisjoint(words):
            return frozenset()
        special = frozenset(word for word in self._rare(words) if self._is_singular(word))
        if self._we.isdisjoint(words) or any(
            word in self._definite and not special.isdisjoint(words[at + 1 : at + 3])
            for at, word in enumerate(words)
        ):
            return special
        return frozenset()

    def _is_ours(self, words: list[str]) -> bool:
        """Say whether a word makes a sentence ours, other than in "my favourite", "my day"."""
        return not self._ours.isdisjoint(words) and any(
            word in self._ours and self._liked.isdisjoint(words[at + 1 : at + 2])
            for at, word in enumerate(words)
        )

    def _rare(self, words: list[str]) -> frozenset[str]:
        return frozenset(
            word for word in words if word != _CURRENCY and word.isalpha() and self._is_rare(word)
        )
