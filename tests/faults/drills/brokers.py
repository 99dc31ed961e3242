"""Brokers are killed or restarted, or cannot write, while workers work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from deploy.kafka import Broker
from tests.faults._cluster import ClusterSystem
from tests.faults._drill import Outcome, Setting
from tests.faults._full_disk import let_no_file_grow, small_disk
from tests.faults._notes import RecordId
from tests.faults._on_cluster import Strike, on_cluster
from tests.faults._process import until

_WORKERS = 2
"""All of them fare alike."""


def kill_broker(setting: Setting) -> Outcome:
    """Kill the only broker, and start it again."""
    return on_cluster(setting, _KILL)


def restart_broker(setting: Setting) -> Outcome:
    """Have the only broker shut down in order, and start it again."""
    return on_cluster(setting, _RESTART)


def stuck_files_of_broker(setting: Setting) -> Outcome:
    """Let no file of the only broker grow, which ends; start it again without that."""
    return on_cluster(setting, _HOLD_FILES)


def brokers_in_turn(setting: Setting) -> Outcome:
    """Have each of these happen in one cluster."""
    return on_cluster(setting, _KILL, _RESTART, _HOLD_FILES)


def kill_one_of_three_brokers(setting: Setting) -> Outcome:
    """Kill one of three brokers; it comes back only once the others have gone on without it."""
    return on_cluster(setting, Strike(_one_killed, _WORKERS), broker_count=3)


def full_disk_of_broker(setting: Setting) -> Outcome:
    """Fill the disk of the only broker, which ends; make space, and start it again."""
    with small_disk(setting.folder / "disk") as disk:

        def filled(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
            system.take_in_up_to_some_moment(piece, chance)
            disk.fill()
            left = _ended_by_itself(system)
            disk.make_space()
            system.brokers.start()
            system.go_on_after_brokers(piece)
            return left

        directory = setting.folder / "disk" / "records"
        return on_cluster(setting, Strike(filled, _WORKERS), log_directory=directory)


def _killed(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    return _away(system, piece, chance, Broker.kill)


def _restarted(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    return _away(system, piece, chance, Broker.stop)


def _away(
    system: ClusterSystem, piece: Path, chance: Random, end: Callable[[Broker], None]
) -> set[RecordId]:
    """Have the only broker end, and start it again."""
    system.take_in_up_to_some_moment(piece, chance)
    (broker,) = system.brokers.brokers
    end(broker)
    left = system.all_in_hand
    broker.start()
    system.go_on_after_brokers(piece)
    return left


def _files_held(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    system.take_in_up_to_some_moment(piece, chance)
    (broker,) = system.brokers.brokers
    let_no_file_grow(broker.pid, 0)
    left = _ended_by_itself(system)
    system.brokers.start()
    system.go_on_after_brokers(piece)
    return left


def _one_killed(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    system.take_in_up_to_some_moment(piece, chance)
    broker = chance.choice(system.brokers.brokers)
    broker.kill()
    left = system.all_in_hand
    system.go_on_after_brokers(piece)
    broker.start()
    return left


_KILL = Strike(_killed, _WORKERS)
_RESTART = Strike(_restarted, _WORKERS)
_HOLD_FILES = Strike(_files_held, _WORKERS)


def _ended_by_itself(system: ClusterSystem) -> set[RecordId]:
    """Wait until the broker has ended for want of space; return what is in hand then."""
    until(lambda: not system.brokers.running, "the end of the broker")
    return system.all_in_hand
