"""What agents tell of their work, for whoever watches over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.monitoring._metrics import Metrics
from pipeline.monitoring._signs import SignsOfLife
from pipeline.monitoring._work import Work
from pipeline.transport import Batch


@dataclass(frozen=True, slots=True)
class Monitor:
    """Where all agents of a process note what they do; none of it blocks."""

    metrics: Metrics = field(default_factory=Metrics)
    signs: SignsOfLife = field(default_factory=SignsOfLife)

    def take_up(self, agent: str, batches: Sequence[Batch]) -> Work:
        """Begin to measure what an agent does with these batches, all of which it has now."""
        return Work(self.metrics, self.signs, agent, batches)
