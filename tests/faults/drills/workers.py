"""Workers are killed, come and go, stand still and wake, and die at each point of a commit."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from random import Random
from signal import SIGSTOP

from tests.faults._brokers import brokers_for
from tests.faults._cluster import WORKING, ClusterSystem
from tests.faults._cluster_system import cluster_system
from tests.faults._crash_points import crashes
from tests.faults._crashing import REFUSED
from tests.faults._drill import Outcome, Setting
from tests.faults._notes import RecordId
from tests.faults._on_cluster import Strike, on_cluster
from tests.faults._plan import Crash, Point
from tests.faults._process import KILLED, until

_AT_A_TIME = 3


def kill_worker(setting: Setting) -> Outcome:
    """Kill one of three workers that has committed something and has more in hand."""
    return on_cluster(setting, _KILL)


def restless_worker(setting: Setting) -> Outcome:
    """Have a third worker come, commit something, and go, again and again."""
    return on_cluster(setting, _COME_AND_GO)


def stopped_worker(setting: Setting) -> Outcome:
    """Have a worker stand still within a transaction, and wake when others have done its work.

    What it then still wants to commit must come to nothing. Of what else it has in hand, a commit
    that was on its way when it fell asleep may have come through: nobody gets that again.
    """
    return on_cluster(setting, _SLEEP)


def workers_in_turn(setting: Setting) -> Outcome:
    """Have each of these happen in one cluster."""
    return on_cluster(setting, _KILL, _COME_AND_GO, _SLEEP)


def crash_workers(setting: Setting) -> Outcome:
    """Have workers die before, within and after a transaction of each agent, three at a time."""
    to_come = crashes(setting.chance(), setting.rounds)
    rounds, found = 0, []
    with brokers_for(setting) as kafka:
        for number in count():
            folder = setting.folder / f"system {number}"
            with cluster_system(folder, kafka, setting.reference.load) as system:
                died = 0
                pieces = list(setting.reference.load.pieces)
                while pieces and to_come:
                    system.take_in(pieces.pop(0))
                    for crash in _crashed(system, to_come[-_AT_A_TIME:]):
                        to_come.remove(crash)
                        died += 1
                assert died or not to_come, f"a whole log has too little for these: {to_come}"
                system.drain(*pieces)
                rounds += died
                found.append(system.found())
            if not to_come:
                return Outcome(rounds, found)
    raise AssertionError  # never: numbers do not end


def _killed(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    system.take_in_up_to_some_moment(piece, chance)
    workers = chance.sample(system.running, len(system.running))
    until(lambda: system.busy(workers) or system.is_all_folded, "a worker with something in hand")
    victim = system.busy(workers)
    if victim is None:
        return set()
    victim.kill()
    return system.in_hand(victim)


def _came_and_went(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    restless = system.worker()
    restless.says(WORKING)
    system.take_in_up_to_some_moment(piece, chance)
    until(lambda: restless.acknowledged or system.is_all_folded, "a commit of the new worker")
    left = system.in_hand(restless) if restless.acknowledged else set()
    restless.leave()
    return left


def _slept(system: ClusterSystem, piece: Path, chance: Random) -> set[RecordId]:
    agent = chance.choice(("conversations", "warehouse"))
    crash = Crash(agent, Point.WITHIN, chance.randint(1, 2), SIGSTOP)
    sleeper = system.worker(crash=crash)
    sleeper.says(WORKING)
    system.take_in(piece)
    until(
        lambda: sleeper.stands_still or (system.is_all_folded and not system.in_hand(sleeper)),
        "a worker within a transaction",
    )
    if not sleeper.stands_still:
        sleeper.leave()
        return set()
    left = sleeper.look().doomed
    until(lambda: left <= system.acknowledged, "others who have done what the sleeper was at")
    sleeper.go_on()
    sleeper.says(REFUSED)
    assert left.isdisjoint(sleeper.look().acknowledged), "it has committed what others had"
    sleeper.leave()
    return left


_KILL = Strike(_killed, workers=3)
_COME_AND_GO = Strike(_came_and_went, workers=2)
_SLEEP = Strike(_slept, workers=2)


def _crashed(system: ClusterSystem, crashes: list[Crash]) -> list[Crash]:
    """Start a worker for each, which dies or has everything drained; return those that struck."""
    workers = [system.worker("--until-drained", crash=crash) for crash in crashes]
    ended = [worker.ended() for worker in workers]
    return [crash for crash, status in zip(crashes, ended, strict=True) if status == KILLED]
