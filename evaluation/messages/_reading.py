"""The labelled messages, as the guide describes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

FILES: Final = tuple(sorted(Path(__file__).parents[1].glob("messages*.jsonl")))


class Half(StrEnum):
    """What lexicons and weights were tuned on, and what nobody looked at."""

    TUNED = "tuned"
    HELD = "held"


class Labelled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A message, and what a careful reader finds in it."""

    held: bool
    language: str
    body: str
    elements: frozenset[str]
    signals: frozenset[str]
    step: int = 0
    creator_name: str = ""
    creator_content: tuple[str, ...] = ()

    @property
    def half(self) -> Half:
        """Return which half it belongs to."""
        return Half.HELD if self.held else Half.TUNED

    @property
    def codes(self) -> frozenset[str]:
        """Return all that is there, elements and signals."""
        return self.elements | self.signals


def read_messages(files: Iterable[Path] = FILES) -> Iterator[Labelled]:
    """Yield the messages of files of JSON lines; blank lines are passed over.

    Raises msgspec.ValidationError for a line that is no labelled message.
    """
    for file in files:
        for line in file.read_bytes().splitlines():
            if line.strip():
                yield msgspec.json.decode(line, type=Labelled)
