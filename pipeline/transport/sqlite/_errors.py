"""What can go wrong with a log, each with a sentence that says what to do."""

from __future__ import annotations


class LogError(Exception):
    """Something about the log, not about what is written to it."""


class LogLockedError(LogError):
    """Another process has the log open."""


class LogClosedError(LogError):
    """The log was closed before the call."""


class LogWriteError(LogError):
    """The disk refused a write.

    From then on the log refuses every write: what the failed one left behind is settled when the
    log is opened again, which keeps each transaction whole or drops it whole.
    """


class TopicError(LogError):
    """A topic that does not exist, or not as it was asked for."""
