"""What the suite of notifiers needs of the other side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import Enum, auto


class Answer(Enum):
    """How a receiver answers one attempt."""

    LATER = auto()
    """It is not well."""
    NEVER = auto()
    """It does not take this notice."""
    HANG = auto()
    BREAK_OFF = auto()


class Receiver(ABC):
    """A real server of the notifier's kind on this machine, which takes what it is not told to."""

    @abstractmethod
    def settings(self, *, timeout_seconds: float, is_there: bool = True) -> str:
        """Return a table of settings that leads here, or to where nobody listens."""

    @abstractmethod
    def answer(self, *answers: Answer) -> None:
        """Answer the next attempts so."""

    @abstractmethod
    def keys(self) -> list[str]:
        """Return the key of each notice that arrived."""

    @abstractmethod
    def read(self) -> str:
        """Return all that one can read of the last notice."""

    @abstractmethod
    def acting(self) -> list[str]:
        """Return what in the last notice would be more than text for whoever shows it."""
