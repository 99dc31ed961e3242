"""Campaigns to measure with: mail merges, some in disguise, and honest messages."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from pipeline.copies import CopyUpdate, MessageKey, Scope, Wording
from pipeline.events import AccountId, CreatorId, MessageId, Milliseconds, Platform
from pipeline.keyed import Kind
from tests.folds._system import MemoryState

Value = TypeVar("Value", bound=msgspec.Struct)

DAY = 24 * 60 * 60_000
CAMPAIGNS = [Scope("campaign", ("default", f"campaign-{number}")) for number in range(20)]
_SLOTS = (
    ("Hi", "Hey", "Hello"),
    (" {name}! {own}We are Northfold, a small outdoor ",),
    ("brand", "label", "company"),
    (" from Leeds. We ",),
    ("love", "adore", "really like"),
    (" your content and think you would be a perfect fit for our ",),
    ("spring", "summer", "coming"),
    (" campaign. Would you be ",),
    ("interested", "keen", "up for it"),
    ("? Write to tess@northfold.example and I will ",),
    ("send", "mail", "share"),
    (" the details.",),
)
_SYLLABLES = (
    "ba",
    "de",
    "fi",
    "gol",
    "ha",
    "jun",
    "ke",
    "lim",
    "mo",
    "nar",
    "pe",
    "ro",
    "sil",
    "tu",
)


class CachedState(MemoryState):
    """A keyed state with a cache, as a table has one: what is put is encoded, none decoded."""

    def __init__(self) -> None:
        super().__init__()
        self._cache: dict[str, Any] = {}

    def get(self, kind: Kind[Value], key: str) -> Value | None:
        return self._cache.get(kind.prefix + key)

    def put(self, kind: Kind[Value], key: str, value: Value) -> None:
        super().put(kind, key, value)
        self._cache[kind.prefix + key] = value


def updates(
    numbers: range, wordings: Sequence[Wording], campaigns: int, apart: float
) -> list[CopyUpdate]:
    return [
        CopyUpdate(
            CAMPAIGNS[number % campaigns],
            MessageKey(Platform.INSTAGRAM, AccountId(f"a{number % 90}"), MessageId(f"m{number}")),
            Milliseconds(int(number * apart)),
            CreatorId(f"c{number}"),
            wording,
        )
        for number, wording in zip(numbers, wordings, strict=True)
    ]


def wording(kind: int, number: int) -> Wording:
    """Return a mail merge (0), one with synonyms (1) or a word swapped (2), or an own part (3)."""
    chance = random.Random(number)
    name = f"{_word(chance).title()} {_word(chance).title()}"
    own = " ".join(_word(chance) for _ in range(14)) + ". " if kind == 3 else ""
    text = "".join(chance.choice(slot) if kind == 1 else slot[0] for slot in _SLOTS)
    words = text.format(name=name.split(maxsplit=1)[0], own=own).split(" ")
    if kind == 2:
        words[chance.randrange(8, len(words) - 8)] = _word(chance)
    return Wording(" ".join(words), name)


def _word(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(1, 3)))
