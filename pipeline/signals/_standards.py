"""What messages are judged by: lexicons, weights and thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Final

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._folding import fold
from pipeline.signals._language import LanguageFinder
from pipeline.signals._lexicon import Lexicon
from pipeline.signals._quality import Weights
from pipeline.signals._tables import read_language, read_table
from pipeline.signals._thresholds import Thresholds

LANGUAGES: Final = {
    "en": "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "pt": "portuguese",
}
"""The languages that have a lexicon: their codes, and the files in `lexicons/`."""


class Standards:
    """Lexicons, weights and thresholds, shipped or with what an agency has added."""

    def __init__(self, additions: Mapping[str, Any] | None = None) -> None:
        """Take what a lexicon file holds, checked by `read_additions`."""
        additions = additions or {}
        table = read_table("weights")
        weights = {**table, **additions.get("weights", {})}
        self.weights: Final = Weights(
            {one: {**table["elements"], **weights["elements"]}[one] for one in Element},
            {one: {**table["mistakes"], **weights["mistakes"]}[one] for one in SignalCode},
        )
        self.thresholds: Final = Thresholds(
            **{**table["thresholds"], **additions.get("thresholds", {})}
        )
        self.finder: Final = shipped_finder()
        self.lexicons: Final[Mapping[str, Lexicon]] = _Lexicons(additions)


class _Lexicons(Mapping[str, Lexicon]):
    """Those of all languages; each is made when it is first asked for, as it takes a while."""

    def __init__(self, additions: Mapping[str, Any]) -> None:
        self._additions = additions
        self._made: dict[str, Lexicon] = {}

    def __getitem__(self, code: str) -> Lexicon:
        if code not in self._made:
            if code not in LANGUAGES:
                raise KeyError(code)
            added = self._additions.get(code)
            self._made[code] = _extended(code, added) if added else _shipped(code)
        return self._made[code]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)


@cache
def shipped_standards() -> Standards:
    """Return what the package ships. Blocks, the first time, while it reads its data."""
    return Standards()


@cache
def shipped_finder() -> LanguageFinder:
    """Return what tells languages apart. Blocks, the first time, while it reads its data."""
    table = read_table("languages")
    return LanguageFinder({code: frozenset(fold(words).split()) for code, words in table.items()})


def _shipped(code: str) -> Lexicon:
    return Lexicon(_language(code))


def _extended(code: str, added: Mapping[str, Any]) -> Lexicon:
    language = _language(code)
    phrases = {key: list(value) for key, value in language["phrases"].items()}
    for key, value in added.get("phrases", {}).items():
        phrases.setdefault(key, []).extend(value)
    return Lexicon(
        {
            **language,
            "common": f"{language['common']} {' '.join(added.get('common', ()))}",
            "spelling": {**language.get("spelling", {}), **added.get("spelling", {})},
            "groups": {**language.get("groups", {}), **added.get("groups", {})},
            "phrases": phrases,
        }
    )


def _language(code: str) -> dict[str, Any]:
    language = read_language(LANGUAGES[code])
    return {**language, "stop_words": read_table("languages")[code]}
