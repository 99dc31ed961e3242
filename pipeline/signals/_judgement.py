"""What a message was judged to be."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._evidence import Evidence
from pipeline.signals._quality import Quality


class Signal(msgspec.Struct, frozen=True):
    """One spammy trait of one message."""

    code: SignalCode
    evidence: Evidence
    """The words that show it; none where it is shown by what is missing."""
    suggestion: str
    """What to do about it, in a sentence or two."""


class Judgement(msgspec.Struct, frozen=True):
    """All that was found in a message."""

    language: str
    """Its code, such as `en`; `und` where the text shows none."""
    elements: Mapping[Element, Evidence]
    """Those that were found."""
    unjudged: frozenset[Element]
    """Those that could not be sought, as the language has no lexicon."""
    signals: tuple[Signal, ...]
    quality: Quality
