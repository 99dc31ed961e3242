"""The course of a drill on a cluster."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.faults._brokers import brokers_for
from tests.faults._cluster import ClusterSystem
from tests.faults._cluster_system import cluster_system
from tests.faults._drill import Outcome, Setting
from tests.faults._notes import RecordId


class Strike(NamedTuple):
    """A fault, and what it needs."""

    do: Callable[[ClusterSystem, Path, Random], set[RecordId]]
    """Brings a piece of the log in, and lets something happen while it is worked on.

    Returns what was still to be committed at that moment, by whom it concerns; nothing if it did
    not come to pass.
    """
    workers: int
    """At least so many are at work when it begins."""


def on_cluster(
    setting: Setting,
    *strikes: Strike,
    broker_count: int = 1,
    log_directory: Path | None = None,
) -> Outcome:
    """Strike once in each piece of the log, as often as asked, in one system after the other.

    Of several strikes each has its turn, until it has come to pass.
    """
    chance = setting.chance()
    rounds, found = 0, []
    with brokers_for(setting, broker_count, log_directory) as kafka:
        for number in count():
            folder = setting.folder / f"system {number}"
            with cluster_system(folder, kafka, setting.reference.load) as system:
                left: list[set[RecordId]] = []
                pieces = list(setting.reference.load.pieces)
                while pieces and rounds + len(left) < setting.rounds:
                    strike = strikes[(rounds + len(left)) % len(strikes)]
                    system.working(strike.workers)
                    left += filter(None, [strike.do(system, pieces.pop(0), chance)])
                system.drain(*pieces)
                # The last of what a killed worker committed it may not have noted any more.
                rounds += sum(not records.isdisjoint(system.acknowledged) for records in left)
                found.append(system.found())
            if rounds >= setting.rounds:
                return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end
