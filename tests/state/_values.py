"""Two kinds of values."""

from __future__ import annotations

import msgspec

from pipeline.state import Changes, Kind
from pipeline.transport import Output

TOPIC = "outreach-conversations-changelog"


class Streak(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value."""

    touches: int


class Note(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A value of another kind."""

    text: str


STREAK = Kind("s", Streak)
NOTE = Kind("n", Note)


def commit(changes: Changes, offset: int) -> list[Output]:
    """Do what an agent does when its transaction holds."""
    outputs = changes.outputs(TOPIC, 3)
    changes.applied(offset)
    return outputs
