"""What all clusters of a window come to: one text may be sent, or several by turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.copies._clusters import Cluster, Example, largest_burst
from pipeline.copies._score import cluster_score
from pipeline.copies._settings import DEFAULT_COPY_SETTINGS, CopySettings
from pipeline.copies._window import Window
from pipeline.events import Milliseconds

_SELDOM: Final = 16
"""A text that is not more than one in so many of the window's messages is none by turns."""
_EXAMPLES: Final = 3


@dataclass(frozen=True)
class Copies:
    """The copies of one text or of several, to different creators. Numbers are of the window."""

    texts: int
    size: int
    creators: int
    share: float
    """Their share of the window's messages."""
    first_at: Milliseconds
    last_at: Milliseconds
    score: float
    """From 0 to 100: never less than that of the gravest cluster alone."""
    error: float
    """The relative standard error of size and creators: 0.0 when they are exact."""
    examples: tuple[Example, ...]


def copies_in(
    window: Window, clusters: Sequence[Cluster], settings: CopySettings = DEFAULT_COPY_SETTINGS
) -> Copies | None:
    """Return the copies of the gravest cluster, or of several if these together are graver.

    `clusters` are those of the window, as `find_clusters` returns them; None if there are none.
    Either is the graver, the larger the share of copies of any text is. Of each of several texts
    only those messages weigh that go beyond the first and beyond what is seldom: many texts that
    were sent twice each are no mail merge. So another copy of any text makes none less grave alone,
    nor one of a text that is sent often all together.
    """
    if not clusters:
        return None
    all_of_them = _Summary(window, clusters)
    share = all_of_them.share

    def alone(cluster: Cluster) -> float:
        return cluster_score(cluster.size, cluster.creators, cluster.burst, share, settings)

    gravest = max(clusters, key=alone)
    seldom = 1 + window.estimated(len(window.messages)) / _SELDOM
    often = [cluster for cluster in clusters if cluster.size > seldom]
    together = cluster_score(
        1 + sum(cluster.size - seldom for cluster in often),
        min(
            1 + sum(max(cluster.creators - seldom, 0) for cluster in often),
            all_of_them.creators,
        ),
        window.estimated_peak(largest_burst(all_of_them.times, settings.burst)),
        share,
        settings,
    )
    if together > alone(gravest):
        return _Summary(window, often).copies(together)
    return _Summary(window, [gravest]).copies(alone(gravest))


class _Summary:
    """The numbers of some clusters as if they were one."""

    def __init__(self, window: Window, clusters: Sequence[Cluster]) -> None:
        members = [member for cluster in clusters for member in cluster.members]
        recipients = {member.recipient for member in members}
        self._clusters = clusters
        self.times = sorted(member.occurred_at for member in members)
        self.size = window.estimated(len(members))
        self.creators = window.estimated(len(recipients))
        self.share = len(members) / len(window.messages)
        self.error = window.error(len(recipients))

    def copies(self, score: float) -> Copies:
        return Copies(
            texts=len(self._clusters),
            size=self.size,
            creators=self.creators,
            share=self.share,
            first_at=self.times[0],
            last_at=self.times[-1],
            score=score,
            error=self.error,
            examples=_examples(self._clusters),
        )


def _examples(clusters: Sequence[Cluster]) -> tuple[Example, ...]:
    """Return three to show, one of each text first."""
    by_turns = (
        cluster.examples[place]
        for place in range(_EXAMPLES)
        for cluster in clusters
        if place < len(cluster.examples)
    )
    return tuple(example for _, example in zip(range(_EXAMPLES), by_turns, strict=False))
