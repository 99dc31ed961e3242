"""What is seen of the agents of a process at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from pipeline.transport import Standing


class Phase(StrEnum):
    """What the agents of a process are about."""

    STARTING = "starting"
    """They have never had partitions."""
    RECOVERING = "recovering"
    """They are being given partitions, or the state of those."""
    RUNNING = "running"
    STOPPING = "stopping"


class Sign(NamedTuple):
    """The last that an agent showed of itself, from within the event loop."""

    at: float
    """When it did, by the clock of `Observation.at`,"""
    until: float
    """and until when what it has begun then may take."""
    blocks: bool = False
    """Whether the event loop may not turn meanwhile."""


@dataclass(frozen=True, slots=True)
class Observation:
    """A process at one moment, as its event loop saw it: while it is made, the loop turns."""

    at: float
    """In seconds, by a clock that only goes forward."""
    phase: Phase
    steps: int = 0
    """Changes with whatever is done of an assignment and a recovery."""
    log_answers: bool = True
    """Whether the log could be asked not long ago: without it nobody gets anywhere."""
    standings: Mapping[tuple[str, int], Standing] = field(default_factory=dict)
    """By topic and partition, of those that agents read here."""

    @property
    def lag(self) -> int:
        """How many offsets are left in all."""
        return sum(standing.lag for standing in self.standings.values())
