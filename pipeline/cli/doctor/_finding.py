"""What an examination says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Whether something has to be done."""

    SOUND = "sound"
    NOTE = "note"
    """Nothing has to be done; worth knowing."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    state: State
    found: str
    advice: str = ""
    """What to do; empty where nothing has to be done."""


def sound(subject: str, found: str) -> Finding:
    """Return a finding that all is well."""
    return Finding(subject, State.SOUND, found)


def note(subject: str, found: str, advice: str = "") -> Finding:
    """Return a finding that is worth knowing."""
    return Finding(subject, State.NOTE, found, advice)


def wrong(subject: str, found: str, advice: str) -> Finding:
    """Return a finding that something has to be done."""
    return Finding(subject, State.WRONG, found, advice)
