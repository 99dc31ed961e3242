"""The labelled messages of `evaluation/`, judged."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.signals import LANGUAGES, Context, Element, SignalCode, judge

FILE = Path(__file__).parents[2] / "evaluation" / "messages.jsonl"
Code = Element | SignalCode
CODES: tuple[Code, ...] = (*Element, *SignalCode)


@dataclass(frozen=True)
class Judged:
    """A message with what a reader found in it, and what was found here."""

    held: bool
    language: str
    body: str
    expected: frozenset[str]
    found: frozenset[str]
    found_language: str

    @property
    def group(self) -> str:
        """Return which languages it is counted with."""
        if self.language == "en":
            return "English"
        return "German to Portuguese" if self.language in LANGUAGES else "other languages"


@dataclass(frozen=True)
class Counts:
    """How often something is there and found, only found, and only there."""

    right: int
    imagined: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of what is found that is there."""
        return self.right / (self.right + self.imagined) if self.right + self.imagined else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what is there that is found."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


@cache
def judged() -> tuple[Judged, ...]:
    """Return every labelled message, judged."""
    return tuple(map(_judge, FILE.read_text("utf-8").splitlines()))


def count(messages: Iterable[Judged], code: Code) -> Counts:
    """Count one element or signal."""
    pairs = [(code in each.expected, code in each.found) for each in messages]
    return Counts(*(pairs.count(pair) for pair in ((True, True), (False, True), (True, False))))


def _judge(line: str) -> Judged:
    fields = json.loads(line)
    context = Context(
        step=fields.get("step", 0),
        creator_name=fields.get("creator_name", ""),
        creator_content=tuple(fields.get("creator_content", ())),
    )
    judgement = judge(fields["body"], context)
    signals = {signal.code for signal in judgement.signals}
    return Judged(
        held=fields["held"],
        language=fields["language"],
        body=fields["body"],
        expected=frozenset([*fields["elements"], *fields["signals"]]),
        found=frozenset({*judgement.elements, *signals}),
        found_language=judgement.language,
    )
