"""Whoever tells people of an alert is killed, from the message that tips a campaign on."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from pipeline.topics import Topic
from tests.faults._brokers import brokers_for
from tests.faults._cluster import ClusterSystem
from tests.faults._cluster_system import cluster_system
from tests.faults._drill import Outcome, Setting
from tests.faults._process import Process, until
from tests.faults._telling import Telling, TellingSystem, moments
from tests.system._blast import as_lines, blast_of_today
from tests.system._on_call import OnCall, alerts_file, on_call, only_alert

_WORKERS = 2


def kill_telling_embedded(setting: Setting) -> Outcome:
    """Kill the one process before, while and after it tells of an alert, in one system.

    Each alert is told under one key, however often, and none comes twice.
    """
    with on_call() as somebody:
        system = TellingSystem(setting.folder / "system", somebody)
        system.alarm()
        for moment in moments(setting.chance(), setting.rounds):
            system.alarm(moment)
        system.check()
    return Outcome(setting.rounds, [])


def kill_telling_worker(setting: Setting) -> Outcome:
    """Kill that of two workers which tells of an alert; the other one tells of it.

    In turn it has no answer yet, and has one that it does not know of.
    """
    folder = setting.folder / "system"
    with (
        on_call() as somebody,
        brokers_for(setting) as kafka,
        cluster_system(folder, kafka, setting.reference.load) as system,
    ):
        system.alerts = alerts_file(folder, somebody.port)
        campaigns = [f"campaign {number}" for number in range(setting.rounds)]
        for number, campaign in enumerate(campaigns):
            system.working(_WORKERS)
            file = folder / f"{campaign}.jsonl"
            file.write_bytes(as_lines(blast_of_today(campaign)))
            _strike(system, somebody, campaign, file, list(Telling)[number % len(Telling)])
        system.drain()
        rows = system.warehouse.views()["alerts"]
        there = [(row["campaign_id"], row["alert_id"]) for row in rows]
        told = [(campaign, only_alert(somebody.told_of(campaign))) for campaign in campaigns]
        assert sorted(there) == sorted(told), f"{there} in the view, told of {told}"
    return Outcome(setting.rounds, [])


def _strike(
    system: ClusterSystem, somebody: OnCall, campaign: str, file: Path, moment: Telling
) -> None:
    noted = {worker.pid: _notices(worker) for worker in system.running}
    somebody.keep_waiting()
    system.take_in(file)
    somebody.told_of(campaign)
    (victim,) = [each for each in system.running if _notices(each) > noted[each.pid]]
    if moment is Telling.UNNOTED:
        os.kill(victim.pid, signal.SIGSTOP)
        somebody.answer()
    victim.kill()
    until(lambda: len(system.running) == _WORKERS - 1, "the end of the worker")
    somebody.told_of(campaign, 2)
    until(lambda: system.is_all_folded, "the work of the other")


def _notices(worker: Process) -> int:
    """Return how many changes of alerts a worker has committed."""
    return sum(topic == Topic.ALERT_NOTICES for topic, _, _ in worker.look().acknowledged)
