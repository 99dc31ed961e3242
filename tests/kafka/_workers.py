"""Workers of a cluster as an operator starts them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.warehouse import Address
from tests.kafka._clusters import environment_for
from tests.system.outreach import (
    Ended,
    Views,
    command,
    in_order,
    outreach,
    outreach_afresh,
)
from tests.warehouse.views import read_view, view_names


@dataclass(frozen=True)
class Cluster:
    """Where the servers of a test are."""

    kafka: str
    warehouse: Address
    folder: Path
    """For what workers keep and say."""

    @property
    def environment(self) -> dict[str, str]:
        """The variables that name the servers, and nothing else of ours."""
        others = {key: value for key, value in os.environ.items() if not key.startswith("OUTREACH")}
        return {
            **others,
            **environment_for(self.kafka),
            "OUTREACH_CLICKHOUSE_HOST": self.warehouse.host,
            "OUTREACH_CLICKHOUSE_PORT": str(self.warehouse.port),
            "OUTREACH_CLICKHOUSE_PASSWORD": self.warehouse.password,
            "OUTREACH_CLICKHOUSE_DATABASE": self.warehouse.database,
            "OUTREACH_STATE": str(self.folder / "state"),
            "OUTREACH_INSERT_SECONDS": "0.2",
            "OUTREACH_SESSION_SECONDS": "6",
        }

    def outreach(self, *arguments: str | Path, **variables: str) -> Ended:
        """Run a command to its end."""
        return outreach(*arguments, environment={**self.environment, **variables})

    def outreach_afresh(self, *arguments: str | Path, **variables: str) -> Ended:
        """Do so in a process of its own, whose interpreter heeds the variables, too."""
        return outreach_afresh(*arguments, environment={**self.environment, **variables})

    @contextmanager
    def worker(self, name: str, *options: str, **variables: str) -> Iterator[Worker]:
        """Start a worker with a state directory of this name; kill it if it is still there."""
        worker = Worker(self.folder / name, {**self.environment, **variables}, options)
        try:
            yield worker
        finally:
            worker.process.kill()
            worker.process.wait()

    def views(self) -> Views:
        """Return every row of every view, as `tests.system.outreach.views_of` does."""
        database = self.warehouse.database
        with self.warehouse.connect() as client:
            return {
                view: in_order(read_view(client, database, view))
                for view in view_names(client, database)
            }


def until(condition: Callable[[], object], *workers: Worker) -> None:
    """Wait until a condition holds that nobody tells of; fail if one of the workers ends before."""
    while not condition():
        for worker in workers:
            assert worker.process.poll() is None, worker.said
        time.sleep(0.02)


class Worker:
    """A worker process."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], options: tuple[str, ...]
    ) -> None:
        self.state = folder / "state"
        self._said = folder / "said.log"
        folder.mkdir(exist_ok=True)
        with self._said.open("wb") as said:
            self.process = subprocess.Popen(
                command("worker", *options),
                env={**environment, "OUTREACH_STATE": str(self.state)},
                stderr=said,
            )

    @property
    def said(self) -> str:
        """What it has said so far."""
        return self._said.read_text(encoding="utf-8")

    @property
    def partitions(self) -> set[int]:
        """Return which partitions of conversations it ever had."""
        return {int(path.stem.rpartition("-")[2]) for path in self.state.glob("conversations-*.db")}

    @property
    def partitions_now(self) -> set[int]:
        """Return which partitions of conversations it got last, by what it says."""
        _, _, last = self.said.rpartition("Executing _on_partitions_assigned")
        return {int(number) for number in re.findall(r"conversations partition (\d+)", last)}

    def until_it_says(self, text: str) -> None:
        """Wait until it has said this; fail if it ends without."""
        until(lambda: text in self.said, self)

    def stop(self) -> None:
        """Ask it to stop, and hold that it ends well."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait() == 0, self.said
