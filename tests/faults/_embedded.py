"""One data directory, from the first start to the last."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pipeline.warehouse import Address
from tests.faults._found import Found
from tests.faults._load import Load
from tests.faults._notes import NotesOf, delivered_twice
from tests.faults._plan import Crash, Plan
from tests.faults._process import Process
from tests.system.outreach import outreach, views_of


class EmbeddedSystem:
    """A log that is loaded by `outreach run`, however often that takes."""

    def __init__(self, folder: Path, load: Load) -> None:
        self.data = folder / "data"
        self._folder = folder
        self._load = load
        self._notes: list[NotesOf] = []
        folder.mkdir(parents=True)

    @property
    def acknowledged(self) -> int:
        """How many records the agents of all its processes have committed."""
        return sum(len(notes.acknowledged) for notes in self._notes)

    @property
    def delivered_twice(self) -> int:
        """How many deliveries to agents were not the first."""
        return delivered_twice(self._notes)

    @contextmanager
    def running(
        self,
        *,
        crash: Crash | None = None,
        warehouse: Address | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Iterator[Process]:
        """Load the log, or what is left of it, in a process that ends with the block."""
        notes = self._folder / f"{len(self._notes)}.notes"
        pieces, policy, batch_records, insert_rows = self._load
        plan = Plan(str(notes), batch_records, insert_rows, warehouse, crash)
        arguments: list[str | Path] = ["run", *pieces, "--data", self.data, "--policy", policy]
        with Process(plan, *arguments, environment=environment) as process:
            self._notes.append(process.notes)
            yield process
        process.notes.look()

    def load_to_the_end(self) -> None:
        """Load what is left in peace."""
        with self.running() as process:
            process.ended()
            assert process.is_well, process.said

    def finished(self) -> Found:
        """Load what is left, and return what is there then."""
        self.load_to_the_end()
        reconciled = outreach("reconcile", "--data", self.data)
        return Found(views_of(self.data), reconciled, self.delivered_twice)
