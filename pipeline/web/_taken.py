"""What became of lines that were sent: the answer of `POST /v1/events`."""

from __future__ import annotations

import msgspec

from pipeline.importer import Step
from pipeline.ingest import RejectedLine

_SHOWN = 100


class RejectedEvent(msgspec.Struct, frozen=True):
    """A line that went to the dead letters."""

    line: int
    """Counted from 1."""
    field: str
    """The field that is wrong; empty when the line as a whole is."""
    reason: str


class Taken(msgspec.Struct):
    """How many lines were taken in; an answer that is an error may have nothing but `error`."""

    events: int = 0
    """How many are durable in the log; the agents tell new ones from those that they know."""
    rejected_count: int = 0
    rejected: list[RejectedEvent] = []
    """The first hundred."""
    error: str | None = None
    """Why the rest was not taken in; None when all was."""

    def add(self, step: Step) -> None:
        """Count what one step brought."""
        self.events += step.events
        self.rejected_count += len(step.rejected)
        self.rejected += map(_rejected, step.rejected[: _SHOWN - len(self.rejected)])


def _rejected(line: RejectedLine) -> RejectedEvent:
    return RejectedEvent(line.line_number, line.rejection.field, line.rejection.reason)
