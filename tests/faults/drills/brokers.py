"""Brokers are killed or restarted while workers work."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.faults._cluster import ClusterSystem
from tests.faults._drill import Outcome, Setting
from tests.faults._notes import RecordId
from tests.faults._on_cluster import on_cluster


def kill_broker(setting: Setting) -> Outcome:
    """Kill the only broker, and start it again."""

    def strike(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
        system.take_in_up_to_some_moment(piece, chance)
        (broker,) = system.brokers.brokers
        broker.kill()
        left = system.all_in_hand
        broker.start()
        system.go_on_after_brokers(piece)
        return left

    return on_cluster(setting, strike)


def restart_broker(setting: Setting) -> Outcome:
    """Have the only broker shut down in order, and start it again."""

    def strike(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
        system.take_in_up_to_some_moment(piece, chance)
        (broker,) = system.brokers.brokers
        broker.stop()
        left = system.all_in_hand
        broker.start()
        system.go_on_after_brokers(piece)
        return left

    return on_cluster(setting, strike)


def kill_one_of_three_brokers(setting: Setting) -> Outcome:
    """Kill one of three brokers; it comes back only once the others have gone on without it."""

    def strike(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
        system.take_in_up_to_some_moment(piece, chance)
        broker = chance.choice(system.brokers.brokers)
        broker.kill()
        left = system.all_in_hand
        system.go_on_after_brokers(piece)
        broker.start()
        return left

    return on_cluster(setting, strike, broker_count=3)
