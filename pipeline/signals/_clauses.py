"""Finds where a text says what its writers do, wherever it says who they are.

"We mend radios", "I'm baking for a living", "we're a choir": a subject, and behind it a verb of
the present that is none of wishing, thinking or writing, or an article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from pipeline.signals._word_search import one_of

Span = tuple[int, int]

_PAST: Final = re.compile(r"(?<!e)ed$")
_GOING_ON: Final = re.compile(r"[a-z]{2,}ing$")
_WORDS: Final = 3


class Clauses:
    """Knows what one language says of those who write; nothing where it has no words for it."""

    def __init__(self, words: Mapping[str, Sequence[str]]) -> None:
        """Take lists of words by what they do: `doers`, who write, and `idle`, what all do.

        `being` joins a doer with what it is, behind one of `articles`, unless one of `admirers`
        follows; `besides` may stand between them. `pronouns` stand for who was just named.
        """
        self._idle: Final = frozenset(words.get("idle", ()))
        self._articles: Final = frozenset(words["articles"])
        self._admirers: Final = frozenset(words.get("admirers", ()))
        self._clause: Final = _expression(words, "doers") if "doers" in words else None
        self._behind: Final = _expression(words, "doers", "pronouns") if "doers" in words else None

    def find(self, text: str) -> Span | None:
        """Return where a clause says what the writers do. Linear in the text."""
        if self._clause is None:
            return None
        for match in self._clause.finditer(text.lower()):
            if self._tells(match["being"] is not None, match["rest"].split()):
                return match.span()
        return None

    def tells(self, text: str, start: int) -> bool:
        """Say whether such a clause begins at a place."""
        match = self._behind.match(text.lower(), start) if self._behind else None
        return match is not None and self._tells(match["being"] is not None, match["rest"].split())

    def _tells(self, being: bool, rest: list[str]) -> bool:  # noqa: FBT001 - one fact of a match
        if not rest:
            return False
        if not being:
            return rest[0] not in self._idle and not _PAST.search(rest[0])
        if rest[0] in self._articles:
            return len(rest) > 1 and self._admirers.isdisjoint(rest[1:])
        return rest[0] not in self._idle and bool(_GOING_ON.match(rest[0]))


def _expression(words: Mapping[str, Sequence[str]], *who: str) -> re.Pattern[str]:
    doers = one_of(each for key in who for each in words[key])
    being, besides, joints = (one_of(words[key]) for key in ("being", "besides", "joints"))
    return re.compile(
        rf"(?:(?<![^\n])|(?<=[^\w\s'\u2019])|(?<=[^\w'\u2019] )|\b(?:{joints}) )(?:{doers})"
        rf"(?P<being>(?:{being}))? (?:(?:{besides}) )*+"
        rf"(?P<rest>[^\W\d_]+(?: [^\W\d_]+){{0,{_WORDS}}})"
    )
