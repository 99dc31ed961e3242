"""What an agent does with the batches that it has taken up together."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager

from pipeline.monitoring._metrics import Metrics
from pipeline.monitoring._signs import SignsOfLife
from pipeline.transport import Batch


class Work:
    """Some batches from the moment when they are taken up.

    What is noted here counts once the work is `done`, and not at all if it never is.
    """

    __slots__ = (
        "_begun",
        "_dead",
        "_metrics",
        "_records",
        "_signs",
        "agent",
        "batches",
        "repeated",
    )

    def __init__(
        self, metrics: Metrics, signs: SignsOfLife, agent: str, batches: Sequence[Batch]
    ) -> None:
        self.agent = agent
        self.batches = batches
        self.repeated = 0
        """How many of the events changed nothing."""
        self._metrics = metrics
        self._signs = signs
        self._begun = time.perf_counter()
        self._records = _records(batches)
        self._dead: Counter[str] = Counter()

    def busy(self, seconds: float, *, blocks: bool = False) -> AbstractContextManager[None]:
        """Say that the block may take so many seconds, and whether it `blocks` the event loop."""
        return self._signs.busy(self.agent, seconds, blocks=blocks)

    def put_aside(self, reason: str) -> None:
        """Note a dead letter; `reason` is one of few."""
        self._dead[reason] += 1

    def is_stale(self, batches: Sequence[Batch]) -> None:
        """Count batches of these that were taken away: somebody else does their work."""
        self._records -= _records(batches)
        self._metrics.stale_batches.labels(self.agent).inc(len(batches))

    def done(self) -> None:
        """Count what came of all batches but the stale ones: it is durable."""
        if not self._records:
            return
        metrics, agent = self._metrics, self.agent
        metrics.batch_seconds.labels(agent).observe(time.perf_counter() - self._begun)
        metrics.records.labels(agent).inc(self._records)
        metrics.repeated_events.labels(agent).inc(self.repeated)
        for reason, count in self._dead.items():
            metrics.dead_letters.labels(agent, reason).inc(count)


def _records(batches: Iterable[Batch]) -> int:
    return sum(len(batch.records) for batch in batches)
