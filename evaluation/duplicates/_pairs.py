"""Labelled pairs of messages, made from templates: copies in disguise, and honest neighbours."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from evaluation.duplicates._evasions import EVASIONS, Evasion
from evaluation.duplicates._held_out import HELD_OUT
from evaluation.duplicates._rearranged import REARRANGED

_ALL: dict[str, Evasion] = {**EVASIONS, **REARRANGED, **HELD_OUT}
_SLOT = re.compile(r"\{([^{}]*)\}")
_FIRST_NAMES = (
    "Anna Bea Carlos Dmitri Elif Farah Greta Hiro Ines Jamal Kofi Lena Mateo Noor Olga Priya Quinn "
    "Rosa Sven Tariq Uma Viktor Wanda Ximena Yusuf Zoe Marguerite Christopher Alessandra"
)
_NAMES = _FIRST_NAMES.split()


class Message(NamedTuple):
    """A message and the name that it was sent with."""

    body: str
    creator_name: str


@dataclass(frozen=True)
class Pair:
    """Two messages, and whether they are copies of each other."""

    kind: str
    copies: bool
    one: Message
    other: Message


class Writer:
    """Writes messages by chance, the same ones for the same seed."""

    def __init__(self, seed: int, *, tuning: bool) -> None:
        folder = Path(__file__).parent
        templates = tomllib.loads((folder / "templates.toml").read_text("utf-8"))["template"]
        self.templates = [each for each in templates if each.get("tuning", False) == tuning]
        self._personal = tomllib.loads((folder / "personal.toml").read_text("utf-8"))
        self.chance = Random(seed)  # noqa: S311 - examples, not secrets

    def message(
        self, template: dict[str, Any], *, rotated: bool = False, personal: str = ""
    ) -> Message:
        """Write one message: with synonyms in rotation, or with a part of the sender's own."""
        name = self.chance.choice(_NAMES)
        text = _SLOT.sub(lambda slot: self._option(slot[1], rotated=rotated), template["text"])
        text = text.replace("PERSONAL ", f"{personal} " if personal else "")
        return Message(text.replace("NAME", name), name)

    def personal_parts(self, template: dict[str, Any], count: int | None = None) -> list[str]:
        """Return so many different parts in the template's language, or all of them."""
        parts: list[str] = self._personal[template["language"]]
        return self.chance.sample(parts, len(parts) if count is None else count)

    def disguised(self, message: Message, kind: str) -> Message:
        """Return a message after one evasion."""
        return Message(_ALL[kind](message.body, self.chance), message.creator_name)

    def _option(self, options: str, *, rotated: bool) -> str:
        choices = options.split("|")
        return self.chance.choice(choices) if rotated else choices[0]


def labelled_pairs(seed: int, rounds: int, *, tuning: bool = False) -> Iterator[Pair]:
    """Yield pairs: for each round and template one of every evasion, and as many honest ones."""
    writer = Writer(seed, tuning=tuning)
    for _ in range(rounds):
        for template in writer.templates:
            yield from _copies(writer, template)
            yield from _honest(writer, template)


def _copies(writer: Writer, template: dict[str, Any]) -> Iterator[Pair]:
    plain = writer.message(template)
    named = writer.message(template)
    yield Pair("only the name differs", copies=True, one=plain, other=named)
    for kind in EVASIONS:
        disguised = writer.disguised(writer.message(template), kind)
        yield Pair(kind, copies=True, one=plain, other=disguised)
    one, other = (writer.message(template, rotated=True) for _ in range(2))
    yield Pair("synonyms in rotation", copies=True, one=one, other=other)
    kind = writer.chance.choice(list(EVASIONS))
    yield Pair("synonyms and another", copies=True, one=one, other=writer.disguised(other, kind))


def _honest(writer: Writer, template: dict[str, Any]) -> Iterator[Pair]:
    for _ in range(5):
        parts = writer.personal_parts(template, 2)
        one, other = (writer.message(template, personal=part) for part in parts)
        yield Pair("both with an own part", copies=False, one=one, other=other)
    for _ in range(3):
        (part,) = writer.personal_parts(template, 1)
        one, other = writer.message(template, personal=part), writer.message(template)
        yield Pair("one with an own part", copies=False, one=one, other=other)
    for _ in range(4):
        stranger = writer.chance.choice([each for each in writer.templates if each != template])
        one, other = writer.message(template), writer.message(stranger)
        yield Pair("of different templates", copies=False, one=one, other=other)
