"""Finds where a text says what its writers do, wherever it says who they are.

"We mend radios", "I'm baking for a living", "we're a choir", "we opened our third bar": a subject,
and behind it a verb of the present that is none of wishing, thinking or writing, or an article, or
a beginning that was made.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.signals._word_search import one_of

Span = tuple[int, int]

_PAST: Final = re.compile(r"(?<!e)ed$")
_GOING_ON: Final = re.compile(r"[a-z]{2,}ing$")
_INGS: Final = 2
_BEFORE: Final = 2
_REACH: Final = 160
_WORDS: Final = 4


class Clauses:
    """Knows what one language says of those who write; nothing where it has no words for it."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Take lists of words by what they do: `doers`, who write, and `idle`, what all do.

        `being` joins a doer with what it is, behind one of `articles`, unless one of `admirers`
        follows; `besides` may stand between them. `pronouns` stand for who was just named. What is
        done to one of `yours`, or in one of `jobs` or `offices`, is no trade, but two words can be:
        `phrasal`. `beginnings` are verbs of the past with one of `articles` behind them; behind
        `having`, it is one of `premises` that is had.
        """
        self._idle: Final = frozenset(words.get("idle", ()))
        self._articles: Final = frozenset(words["articles"])
        self._admirers: Final = frozenset(words.get("admirers", ()))
        self._no_trades: Final = frozenset([*words.get("jobs", ()), *words.get("offices", ())])
        self._yours: Final = frozenset(words.get("yours", ()))
        self._phrasal: Final = frozenset(words.get("phrasal", ()))
        self._beginnings: Final = frozenset(words.get("beginnings", ()))
        self._having: Final = frozenset(words.get("having", ()))
        self._premises: Final = frozenset(words.get("premises", ()))
        self._endings: Final = tuple(words.get("endings", ()))
        self._those_who: Final = tuple(words.get("those_who", ()))
        firsts = (word for key in ("doers", "pronouns", "joints") for word in words.get(key, ()))
        self._firsts: Final = frozenset(word[0] for word in firsts)
        self._clause: Final = _expression(words, "doers") if "doers" in words else None
        self._behind: Final = _expression(words, "doers", "pronouns") if "doers" in words else None

    def find(self, text: str) -> Span | None:
        """Return where a clause says what the writers do. Linear in the text."""
        if self._clause is None:
            return None
        for match in self._clause.finditer(text.lower()):
            if self._tells(match):
                return match.span()
        return None

    def tells(self, text: str, start: int) -> bool:
        """Say whether such a clause begins at a place."""
        if self._behind is None or text[start : start + 1].lower() not in self._firsts:
            return False
        before = max(start - _BEFORE, 0)
        match = self._behind.match(text[before : start + _REACH].lower(), start - before)
        return match is not None and self._tells(match)

    def _tells(self, match: re.Match[str]) -> bool:
        rest = match["rest"].split()
        if match["being"] is None or match["besides"].endswith(self._those_who):
            return self._is_trade(rest)
        if match["being"] in self._having:
            return self._is_had(rest)
        if rest[0] in self._articles:
            return len(rest) > 1 and self._admirers.isdisjoint(rest[1:])
        doing = next((at for at, word in enumerate(rest[:_INGS]) if _GOING_ON.match(word)), None)
        return doing is not None and not any(map(self._is_idle, rest[: doing + 1]))

    def _is_trade(self, rest: list[str]) -> bool:
        """Say whether a verb and what comes behind it are what somebody does for a living."""
        verb, behind = rest[0], rest[1:]
        if " ".join(rest[:2]) in self._phrasal:
            return True
        if verb in self._beginnings and not self._articles.isdisjoint(behind[:1]):
            return True
        if not behind or self._is_idle(verb) or _PAST.search(verb):
            return False
        if not self._yours:
            return True
        return self._yours.isdisjoint(behind[:1]) and self._no_trades.isdisjoint(rest[:3])

    def _is_had(self, rest: list[str]) -> bool:
        """Say whether what somebody has, or has done, is what they do for a living."""
        if rest[0] in self._articles:
            return not self._premises.isdisjoint(rest)
        if rest[0] in self._beginnings:
            return not self._articles.isdisjoint(rest[1:2])
        doing = rest[1] if len(rest) > 1 else ""
        return bool(_GOING_ON.match(doing)) and not self._is_idle(doing)

    def _is_idle(self, verb: str) -> bool:
        return verb in self._idle or any(
            verb.removesuffix(ending) in self._idle
            for ending in self._endings
            if verb.endswith(ending)
        )


def _expression(words: Mapping[str, Sequence[str]], *who: str) -> re.Pattern[str]:
    doers = one_of(each for key in who for each in words[key])
    being, besides, joints = (one_of(words[key]) for key in ("being", "besides", "joints"))
    return re.compile(
        rf"(?:(?<![^\n])|(?<=[^\w\s'\u2019])|(?<=[^\w'\u2019] )|\b(?:{joints}) )(?:{doers})"
        rf"(?P<being>(?:{being}))? (?P<besides>(?:(?:{besides}) )*+)"
        rf"(?P<rest>[^\W\d_]+(?: [^\W\d_]+){{0,{_WORDS}}})"
    )
