"""The notation of the lexicons' phrases, and its translation into regular expressions.

    stop        this word              (a|b c)   one of these         <name>   one of a group
    block*      a word that so begins  [a|b]     one of these or none _        any one word
    ...         up to three words      ^ $       a sentence begins, ends here
    .           ends here, no question ?         ends here as a question
(after `.` and `?`, unlike after `$`, a phrase can go on in the next sentence).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

_SYMBOLS: Final = re.compile(r"\.\.\.|[()\[\]|^$.?]|<\w+>|[^\s()\[\]|^$.?<>]+")
_FORESIGHT: Final = 2
_ANY_WORD: Final = "[^ .?]+ "
_NO_WORDS: Final[frozenset[tuple[str, ...]]] = frozenset({()})


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a phrase, or a part of one, matches in a normalised text."""

    expression: str
    beginnings: frozenset[tuple[str, ...]]
    """The first two words that it can match, fewer where it can end before; "" is any word."""

    def then(self, following: "Pattern") -> "Pattern":
        """Return the pattern of this one, directly followed by another."""
        return Pattern(
            self.expression + following.expression,
            frozenset(
                (beginning + continuation)[:_FORESIGHT]
                for beginning in self.beginnings
                for continuation in (
                    following.beginnings if len(beginning) < _FORESIGHT else _NO_WORDS
                )
            ),
        )

    def otherwise(self, other: "Pattern") -> "Pattern":
        """Return the pattern that matches what this one or the other matches."""
        return Pattern(
            f"{self.expression}|{other.expression}",
            self.beginnings | other.beginnings,
        )


_NOTHING: Final = Pattern("", _NO_WORDS)
_SYMBOLS_ALONE: Final[Mapping[str, Pattern]] = {
    "^": Pattern("(?<=[.?] )", _NO_WORDS),
    "$": Pattern("(?=[.?] )", _NO_WORDS),
    ".": Pattern(r"\. ", frozenset({(".",)})),
    "?": Pattern(r"\? ", frozenset({("?",)})),
    "_": Pattern(_ANY_WORD, frozenset({("",)})),
    "...": Pattern(f"(?:{_ANY_WORD}){{0,3}}?", frozenset({(), ("",), ("", "")})),
}


class Notation:
    """Reads phrases whose words are spelt by `spell` and whose groups are `groups`."""

    def __init__(self, spell: Callable[[str], str], groups: Mapping[str, str]) -> None:
        self._spell = spell
        self._groups = groups

    def read(self, phrase: str) -> Pattern:
        """Return the pattern of `phrase`.

        Raises ValueError when the phrase is malformed, names no known group, or begins with
        something that is no definite word (it could not be looked up by its first word).
        """
        symbols = _SYMBOLS.findall(phrase)
        pattern = self._alternatives(symbols, phrase)
        if symbols:
            raise ValueError(f"phrase {phrase!r}: {symbols[0]!r} closes nothing")
        if any(beginning[:1] in {(), ("",)} for beginning in pattern.beginnings):
            raise ValueError(f"phrase {phrase!r}: it must begin with a definite word")
        return pattern

    def _alternatives(self, symbols: list[str], phrase: str) -> Pattern:
        pattern = self._sequence(symbols, phrase)
        while symbols and symbols[0] == "|":
            symbols.pop(0)
            pattern = pattern.otherwise(self._sequence(symbols, phrase))
        return pattern

    def _sequence(self, symbols: list[str], phrase: str) -> Pattern:
        pattern = _NOTHING
        while symbols and symbols[0] not in {"|", ")", "]"}:
            pattern = pattern.then(self._element(symbols.pop(0), symbols, phrase))
        return pattern

    def _element(self, symbol: str, symbols: list[str], phrase: str) -> Pattern:
        if symbol in _SYMBOLS_ALONE:
            return _SYMBOLS_ALONE[symbol]
        if symbol in {"(", "["}:
            inner = self._alternatives(symbols, phrase)
            if not symbols or symbols.pop(0) != {"(": ")", "[": "]"}[symbol]:
                raise ValueError(f"phrase {phrase!r}: {symbol!r} is not closed")
            return _grouped(inner) if symbol == "(" else _optional(inner)
        if symbol.startswith("<"):
            return self._group(symbol[1:-1], phrase)
        return self._word(symbol, phrase)

    def _group(self, name: str, phrase: str) -> Pattern:
        if name not in self._groups:
            raise ValueError(f"phrase {phrase!r}: there is no group {name!r}")
        return _grouped(self._alternatives(_SYMBOLS.findall(self._groups[name]), phrase))

    def _word(self, word: str, phrase: str) -> Pattern:
        if word.endswith("*"):
            expression = f"{re.escape(self._spell(word[:-1]))}[^ ]* "
            return Pattern(expression, frozenset({("",)}))
        spelt = self._spell(word).split()
        if not spelt:
            raise ValueError(f"phrase {phrase!r}: {word!r} is a filler, which no message keeps")
        expression = re.escape(" ".join(spelt)) + " "
        return Pattern(expression, frozenset({tuple(spelt[:_FORESIGHT])}))


def _grouped(inner: Pattern) -> Pattern:
    return Pattern(f"(?:{inner.expression})", inner.beginnings)


def _optional(inner: Pattern) -> Pattern:
    return Pattern(f"(?:{inner.expression})?", inner.beginnings | _NO_WORDS)
