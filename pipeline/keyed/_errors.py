"""What can be wrong with kept state."""

from __future__ import annotations


class StateError(Exception):
    """The state cannot be used as it stands; the message says what to do."""


class StateFormatError(StateError):
    """A stored value was written in another format than this program reads."""
