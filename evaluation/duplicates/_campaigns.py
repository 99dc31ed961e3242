"""Campaigns in which some messages are copies in disguise, and some have an own part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evaluation._figures import Counts
from evaluation.duplicates._judging import copies_among
from evaluation.duplicates._pairs import Message, Writer

_ROTATED = 0.5


def judged_campaigns(seed: int, rounds: int, copies: int, evasions: Sequence[str]) -> Counts:
    """Return how many copies are in the largest cluster of their campaign, and what else is.

    Each template makes one campaign a round, of so many copies, each with one of the evasions, and
    all own parts of its language.
    """
    counts = Counts()
    for messages in _drawn(seed, rounds, copies, evasions):
        clusters = copies_among(messages)
        largest = max(set(clusters) - {-1}, key=clusters.count, default=0)
        for number, cluster in enumerate(clusters):
            counts.note(expected=number < copies, got=cluster == largest)
    return counts


def _drawn(seed: int, rounds: int, copies: int, evasions: Sequence[str]) -> Iterator[list[Message]]:
    writer = Writer(seed, tuning=False)
    for _ in range(rounds):
        for template in writer.templates:
            disguised = [
                writer.disguised(
                    writer.message(template, rotated=writer.chance.random() < _ROTATED),
                    writer.chance.choice(evasions),
                )
                for _ in range(copies)
            ]
            parts = writer.personal_parts(template)
            yield disguised + [writer.message(template, personal=part) for part in parts]
