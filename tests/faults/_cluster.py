"""Workers of a cluster on a real Kafka, from the first to the last."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from random import Random

from deploy.kafka import Cluster as Brokers
from pipeline.cli._installation import Exit
from pipeline.topics import Topic
from tests.faults._brokers import replication
from tests.faults._found import Found
from tests.faults._load import Load
from tests.faults._notes import RecordId, delivered_twice
from tests.faults._plan import Crash, Plan
from tests.faults._process import KILLED, Process, until
from tests.faults._warehouse import Warehouse
from tests.kafka._clusters import environment_for
from tests.system.outreach import outreach

WORKING = "Working, with"
_OF_LINES = {
    Topic.DM_SENT,
    Topic.FOLLOW_UPS,
    Topic.REPLIES,
    Topic.SEND_REQUESTS,
    Topic.DEAD_LETTERS,
}
"""The topics in which a line of a file ends up."""
_STATUSES = {Exit.DONE, Exit.PROBLEMS, KILLED}
_AWAY = re.compile(r"^Kafka at |Start (it|the worker) again", re.MULTILINE)
"""What a command says that gives up over a broker."""
_SESSION_SECONDS = 3
"""After so long a silence a worker's partitions go to others."""


class ClusterSystem:
    """A log that is brought in piece by piece, and workers that come and go."""

    def __init__(self, folder: Path, brokers: Brokers, warehouse: Warehouse, load: Load) -> None:
        self.alerts: Path | None = None
        """The file that says to workers who is told of alerts; None: nobody."""
        self.brokers = brokers
        self.warehouse = warehouse
        self.workers: list[Process] = []
        """All that ever were, those that have ended included."""
        self.imports: list[Process] = []
        self.taken_in = 0
        """How many lines were brought in."""
        self._folder = folder
        self._load = load
        self._opened = ExitStack()
        self._given_up: list[Process] = []
        self._brokers_were_away = False

    @property
    def environment(self) -> dict[str, str]:
        """The variables that name the servers, and nothing else of ours."""
        others = {key: value for key, value in os.environ.items() if not key.startswith("OUTREACH")}
        return {
            **others,
            **environment_for(self.brokers.bootstrap),
            **self.warehouse.environment,
            **replication(self.brokers),
            "OUTREACH_INSERT_SECONDS": "0.2",
            "OUTREACH_SESSION_SECONDS": str(_SESSION_SECONDS),
            "OUTREACH_ALERTS": "" if self.alerts is None else str(self.alerts),
        }

    @property
    def running(self) -> list[Process]:
        """The workers that have not ended."""
        return [worker for worker in self.workers if worker.status is None]

    @property
    def acknowledged(self) -> set[RecordId]:
        """What all workers have committed."""
        return set().union(*(worker.look().acknowledged for worker in self.workers))

    def worker(self, *options: str, crash: Crash | None = None) -> Process:
        """Start one more worker, with a state directory of its own."""
        number = len(self.workers)
        state = {"OUTREACH_STATE": str(self._folder / f"state-{number}")}
        self.workers.append(self._process(f"worker-{number}", ["worker", *options], state, crash))
        return self.workers[-1]

    def working(self, count: int) -> list[Process]:
        """Start workers until so many run, and wait until all are at work; return the new ones."""
        new = [self.worker() for _ in range(count - len(self.running))]
        for worker in new:
            worker.says(WORKING)
        return new

    def take_in(self, *pieces: Path) -> Process:
        """Begin to bring pieces of the log in."""
        self.taken_in += sum(map(_lines, pieces))
        self.imports.append(self._import(*pieces))
        return self.imports[-1]

    def take_in_up_to_some_moment(self, piece: Path, chance: Random) -> None:
        """Bring a piece in; return when a part of it, by chance, is committed."""
        moment = len(self.acknowledged) + chance.randint(1, _lines(piece))
        self.take_in(piece)
        self.reach(moment)

    def load_policy(self) -> None:
        """Put the policy in force."""
        loaded = outreach("policy", "load", self._load.policy, environment=self.environment)
        assert loaded.status == 0, loaded.messages

    def reach(self, count: int) -> None:
        """Wait until workers have committed so many records."""
        until(lambda: len(self.acknowledged) >= count, f"{count} records committed")

    @property
    def is_all_folded(self) -> bool:
        """Whether each line that was brought in is committed; what came of it may be under way."""
        lines = sum(topic in _OF_LINES for topic, _, _ in self.acknowledged)
        return lines >= self.taken_in

    def in_hand(self, worker: Process) -> set[RecordId]:
        """Return what a worker has got and nobody has committed."""
        return worker.look().handed_out.keys() - self.acknowledged

    @property
    def all_in_hand(self) -> set[RecordId]:
        """What some worker that runs has got and nobody has committed."""
        return set().union(*map(self.in_hand, self.running))

    def go_on_after_brokers(self, piece: Path) -> None:
        """Do what somebody who runs workers does: start again what gave up, and say why it may.

        Returns when the piece is brought in and worked on. A worker or an import gives up only
        over a broker that is away, which it names.
        """
        self._brokers_were_away = True
        while (ended := self.imports[-1].ended()) and _AWAY.search(self.imports[-1].said):
            self.imports.append(self._import(piece))
        assert ended in {Exit.DONE, Exit.PROBLEMS}, self.imports[-1].said
        until(lambda: self.is_all_folded or self._replaced(), "the work of workers")

    def _replaced(self) -> bool:
        """Start a worker for each that gave up."""
        for _ in self._that_gave_up():
            self.worker()
        return False

    def _that_gave_up(self) -> list[Process]:
        """Return the workers that have given up since the last call; holds that they said why."""
        new = [
            worker
            for worker in self.workers
            if worker.status == Exit.PROBLEMS and worker not in self._given_up
        ]
        for worker in new:
            assert _AWAY.search(worker.said), worker.said
        self._given_up += new
        return new

    def busy(self, workers: Iterable[Process]) -> Process | None:
        """Return a worker that has committed something and has more in hand, if there is one."""
        for worker in workers:
            if worker.look().acknowledged and self.in_hand(worker):
                return worker
        return None

    def drain(self, *pieces: Path) -> None:
        """Bring in what is left of the log, and have everything processed in peace."""
        if pieces:
            importing = self.take_in(*pieces)
            assert importing.ended() in {Exit.DONE, Exit.PROBLEMS}, importing.said
        last = self.worker("--until-drained")
        assert last.ended() == 0, last.said
        left = self.running
        for worker in left:
            worker.ask_to_leave()
        allowed = {Exit.DONE, Exit.PROBLEMS} if self._brokers_were_away else {Exit.DONE}
        for worker in left:
            assert worker.ended() in allowed, worker.said
        self._that_gave_up()
        assert self._brokers_were_away or not self._given_up, self._given_up[0].said
        odd = [worker for worker in self.workers if worker.status not in _STATUSES]
        assert not odd, odd[0].said

    def found(self) -> Found:
        """Return what there is."""
        return Found(
            self.warehouse.views(),
            outreach("reconcile", environment=self.environment),
            delivered_twice(worker.look() for worker in self.workers),
        )

    def report(self) -> str:
        """Return how each process does, and what is in whose hands: all that helps to find out."""
        lines = [process.report() for process in [*self.workers, *self.imports]]
        for number, worker in enumerate(self.workers):
            topics = Counter((topic, partition) for topic, partition, _ in self.in_hand(worker))
            held = ", ".join(f"{count} of {topic}/{n}" for (topic, n), count in topics.items())
            lines.append(f"worker-{number} has in hand what nobody has committed: {held or 'none'}")
        return "\n".join(lines)

    def close(self) -> None:
        """Kill what runs."""
        self._opened.close()

    def _import(self, *pieces: Path) -> Process:
        return self._process(f"import-{len(self.imports)}", ["import", *pieces], {}, None)

    def _process(
        self, name: str, words: list[str | Path], more: dict[str, str], crash: Crash | None
    ) -> Process:
        _, _, batch_records, insert_rows = self._load
        plan = Plan(str(self._folder / f"{name}.notes"), batch_records, insert_rows, None, crash)
        process = Process(plan, *words, environment={**self.environment, **more})
        return self._opened.enter_context(process)


def _lines(piece: Path) -> int:
    return piece.read_bytes().count(b"\n")
