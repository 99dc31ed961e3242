"""What can be wrong with the state that agents keep, and what to do about it."""

from __future__ import annotations

from pipeline.keyed import StateError


class StateInUseError(StateError):
    """Another process has the file open."""


class StateDamagedError(StateError):
    """A file turned out to be damaged while it was in use."""


class StateAheadOfLogError(StateError):
    """A file holds changes that the log does not know."""


class StateNotHereError(StateError):
    """The partition is not assigned to this worker, or its files are closed."""


class StateInDoubtError(StateError):
    """Whether the changes of the batch before are in the log was never said."""


class ConflictingChangesError(StateError):
    """Somebody else changed the partition after these changes began to read it."""
