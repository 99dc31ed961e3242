"""One thing that is looked for in messages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.signals._codes import Element, SignalCode
from pipeline.signals._evidence import Evidence
from pipeline.signals._inquiry import Inquiry

Code = TypeVar("Code", Element, SignalCode)


@dataclass(frozen=True, slots=True)
class Detector(Generic[Code]):
    """A line of the registry."""

    code: Code
    find: Callable[[Inquiry], Evidence | None]
    """Return the words that show it, or None where nothing does. Pure, and linear in the text."""
    suggestion: str
    """What to do: about an element where it is missing, about a signal where it is found."""
    language_bound: bool = False
    """Whether it needs a lexicon of the message's language."""
