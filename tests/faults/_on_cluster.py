"""The course of a drill on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random

from tests.faults._brokers import brokers
from tests.faults._cluster import ClusterSystem
from tests.faults._cluster_system import cluster_system
from tests.faults._drill import Outcome, Setting
from tests.faults._notes import RecordId

Strike = Callable[[ClusterSystem, Path, Random], set[RecordId]]
"""Brings a piece of the log in, and lets something happen while it is worked on.

Returns what was still to be committed at that moment, by whom it concerns; nothing if it did not
come to pass.
"""


def on_cluster(
    setting: Setting,
    strike: Strike,
    *,
    workers: int = 3,
    broker_count: int = 1,
    log_directory: Path | None = None,
) -> Outcome:
    """Strike once in each piece of the log, as often as asked, in one system after the other."""
    chance = setting.chance()
    rounds, found = 0, []
    with brokers(setting.folder, broker_count, log_directory) as kafka:
        for number in count():
            folder = setting.folder / f"system {number}"
            with cluster_system(folder, kafka, setting.reference.load) as system:
                left: list[set[RecordId]] = []
                pieces = list(setting.reference.load.pieces)
                while pieces and rounds + len(left) < setting.rounds:
                    system.working(workers)
                    left += filter(None, [strike(system, pieces.pop(0), chance)])
                system.drain(*pieces)
                # The last of what a killed worker committed it may not have noted any more.
                rounds += sum(not records.isdisjoint(system.acknowledged) for records in left)
                found.append(system.found())
            if rounds >= setting.rounds:
                return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
