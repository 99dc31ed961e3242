"""What every topic of a cluster must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType
from typing import Final

from pipeline.cluster._settings import ClusterSettings
from pipeline.state.table import TOMBSTONES_KEPT
from pipeline.topics import CLEANUP, Cleanup

NOTES: Final = "outreach.notes"
"""How far files are imported and which policy was loaded last: one partition, by name."""

LARGEST_RECORD: Final = 8 * 1024 * 1024
"""Bytes; the state of one long conversation is a record of its changelog."""

_FOR_EVER = -1
_REPLICAS_FOR_QUORUM = 3


@dataclass(frozen=True, slots=True)
class Requirement:
    """What a setting of a topic must be."""

    value: str
    at_least: bool = False
    """A larger number will do, and so will -1, which means without limit."""

    def is_met_by(self, found: str | None) -> bool:
        """Tell whether this is good enough; None: the setting is not there.

        >>> requirement = Requirement("604800000", at_least=True)
        >>> [requirement.is_met_by(found) for found in ("604800000", "-1", "3600000", None)]
        [True, True, False, False]
        """
        if found is None or not self.at_least or self.value == str(_FOR_EVER):
            return found == self.value
        return int(found) == _FOR_EVER or int(found) >= int(self.value)

    def __str__(self) -> str:
        return f"{self.value} or more" if self.at_least else self.value


@dataclass(frozen=True, slots=True)
class TopicPlan:
    """One topic as it must be."""

    name: str
    partitions: int
    replication: int
    settings: Mapping[str, Requirement]


def plan_topics(settings: ClusterSettings, changelogs: Iterable[str]) -> list[TopicPlan]:
    """Return every topic: those of the product, `changelogs` of state tables, and the notes."""
    topics = [
        _plan(topic.value, settings.partitions, settings, cleanup)
        for topic, cleanup in CLEANUP.items()
    ]
    topics += [
        _plan(name, settings.partitions, settings, Cleanup.COMPACT) for name in sorted(changelogs)
    ]
    return [*topics, _plan(NOTES, 1, settings, Cleanup.COMPACT)]


def _plan(name: str, partitions: int, settings: ClusterSettings, cleanup: Cleanup) -> TopicPlan:
    replication = settings.replication
    quorum = 2 if replication >= _REPLICAS_FOR_QUORUM else 1
    required = _CLEANUP_SETTINGS[cleanup] | {
        "max.message.bytes": Requirement(str(LARGEST_RECORD), at_least=True),
        "min.insync.replicas": Requirement(str(quorum), at_least=True),
        "unclean.leader.election.enable": Requirement("false"),
    }
    return TopicPlan(name, partitions, replication, MappingProxyType(required))


def _milliseconds(time: timedelta) -> str:
    return str(time // timedelta(milliseconds=1))


_KEPT = {
    "cleanup.policy": Requirement("delete"),
    "retention.bytes": Requirement(str(_FOR_EVER)),
    "retention.ms": Requirement(str(_FOR_EVER)),
}
_CLEANUP_SETTINGS: Final[Mapping[Cleanup, dict[str, Requirement]]] = {
    Cleanup.KEEP: _KEPT,
    # Age says nothing about whether its reader has had a record: workers remove what it has had.
    Cleanup.CONSUMED: _KEPT,
    Cleanup.COMPACT: {
        "cleanup.policy": Requirement("compact"),
        "delete.retention.ms": Requirement(_milliseconds(TOMBSTONES_KEPT), at_least=True),
    },
}
