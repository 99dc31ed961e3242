"""Reads the lexicons, and makes of them one table that is looked up by word."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final

from pipeline.replies._classes import ReplyClass
from pipeline.replies._folding import fold
from pipeline.replies._phrases import Notation, Pattern
from pipeline.replies._spelling import Spelling, misspellings

_IDIOMS: Final = "idioms"
_WRITTEN_OUT: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@dataclass(frozen=True)
class Phrase:
    """Some words that say something about the class of a reply."""

    pattern: Pattern
    reply_class: ReplyClass | None
    """None for an idiom, which only keeps its words from other phrases."""

    @cached_property
    def match(self) -> Callable[[str, int], re.Match[str] | None]:
        """Match a normalised text from a position on.

        Compiled when first needed: most phrases never are, and all of them take half a second.
        """
        return re.compile(self.pattern.expression).match


class Lexicon:
    """What is known of all languages together."""

    def __init__(self, spelling: Spelling, phrases: Iterable[Phrase]) -> None:
        self.spelling: Final = spelling
        """What brings a text into the words that the phrases are written in."""
        ranks = {found: rank for rank, found in enumerate((*ReplyClass, None))}
        by_words: dict[str, dict[Phrase, set[str]]] = defaultdict(lambda: defaultdict(set))
        for phrase in sorted(phrases, key=lambda each: ranks[each.reply_class]):
            for first, *second in phrase.pattern.beginnings:
                by_words[first][phrase].add(second[0] if second else "")
        self._by_words: Final = {first: tuple(each.items()) for first, each in by_words.items()}
        self.first_words: Final = frozenset(by_words)
        """The words that some phrase begins with."""
        self.phrases = lru_cache(maxsize=2**15)(self._phrases)
        """The phrases that can begin with two words, in the order of `ReplyClass`, idioms last."""

    def _phrases(self, first: str, second: str) -> tuple[Phrase, ...]:
        return tuple(
            phrase
            for phrase, seconds in self._by_words[first]
            if second in seconds or "" in seconds
        )


def read_lexicon() -> Lexicon:
    """Return the lexicon of every language file in `lexicons/`.

    Raises ValueError when a file holds a malformed phrase or contradicts another one's spelling.
    """
    folder = files(__package__).joinpath("lexicons")
    languages = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return build_lexicon(
        [
            tomllib.loads(file.read_text("utf-8"))
            for file in languages
            if file.name.endswith(".toml")
        ]
    )


def build_lexicon(languages: Iterable[Mapping[str, Any]]) -> Lexicon:
    """Return the lexicon of `languages`, each the content of a file in `lexicons/`."""
    languages = tuple(languages)
    vocabulary = _Vocabulary(languages)
    phrases: list[Phrase] = []
    for language in languages:
        notation = Notation(vocabulary.spell, language.get("groups", {}))
        for name, written in language["phrases"].items():
            reply_class = None if name == _IDIOMS else ReplyClass(name)
            phrases.extend(Phrase(notation.read(phrase), reply_class) for phrase in written)
    return Lexicon(vocabulary.spelling(languages), phrases)


class _Vocabulary:
    """Collects the words that phrases use, and how else people write them."""

    def __init__(self, languages: Iterable[Mapping[str, Any]]) -> None:
        self._known: set[str] = set()
        self._replacements: dict[str, str] = {}
        for language in languages:
            for filler in language.get("fillers", ()):
                self._replace(filler, "")
            for written, meant in language.get("spelling", {}).items():
                self._replace(written, fold(meant))

    def _replace(self, written: str, meant: str) -> None:
        if self._replacements.setdefault(fold(written), meant) != meant:
            raise ValueError(f"{written!r} has two spellings in the lexicons")

    def spell(self, word: str) -> str:
        """Return how normalised texts hold `word`, a word of a phrase."""
        folded = fold(word)
        spelt = self._replacements.get(folded, folded)
        self._known.update(spelt.split())
        written_out = fold(word.translate(_WRITTEN_OUT))
        if written_out != folded:
            self._replacements[written_out] = spelt
        return spelt

    def spelling(self, languages: Iterable[Mapping[str, Any]]) -> Spelling:
        """Return the spelling, once `spell` was asked for every word of every phrase."""
        replacements = dict(self._replacements)
        for language in languages:
            for word in map(fold, language.get("misspelt", ())):
                for written in set(misspellings(word)) - self._known:
                    replacements.setdefault(written, self._replacements.get(word, word))
        return Spelling(replacements, frozenset(self._known))
