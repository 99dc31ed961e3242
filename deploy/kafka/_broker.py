"""One broker: started, stopped, killed and started again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from pathlib import Path

from deploy.kafka._errors import ClusterError
from deploy.kafka._ports import HOST
from deploy.kafka._process import BrokerProcess

START_SECONDS = 120.0
STOP_SECONDS = 30.0
_LINES_SHOWN = 30
_STARTED = b"Kafka Server started"


class Broker:
    """One broker of a cluster; its port and its data stay the same from start to start.

    Every method that changes its state blocks until the change is complete, and raises ClusterError
    if the broker is not in the state for it. To be used by one thread at a time.
    """

    def __init__(self, node: int, port: int, log: Path, command: Sequence[str]) -> None:
        """Take what it needs, and start nothing."""
        self.node = node
        self.address = f"{HOST}:{port}"
        """Host and port, as a client wants them."""
        self.log = log
        """The file with everything that the broker printed, in all its lives."""
        self._command = tuple(command)
        self._process: BrokerProcess | None = None
        self._log_before = 0

    @property
    def is_running(self) -> bool:
        """Whether its process is there, paused or not."""
        return self._process is not None and self._process.status() is None

    @property
    def pid(self) -> int:
        """The process id of the running broker."""
        return self._running().pid

    def start(self) -> None:
        """Start it; block until it accepts connections and the cluster counts it in.

        It needs most of the controllers: if none runs, start the cluster instead.
        """
        self.launch()
        self.await_start()

    def launch(self) -> None:
        """Start its process, and do not wait for anything."""
        if self.is_running:
            raise ClusterError(f"Broker {self.node} is running already.")
        self._log_before = self.log.stat().st_size if self.log.exists() else 0
        self._process = BrokerProcess(self._command, self.log)

    def await_start(self) -> None:
        """Block until the broker has said that it is up; raise ClusterError if it is not to be."""
        deadline = time.monotonic() + START_SECONDS
        while not self._says_it_is_up():
            self._running()
            if time.monotonic() > deadline:
                raise self._error(f"is not up after {START_SECONDS:.0f} seconds")
            time.sleep(0.02)

    def stop(self) -> None:
        """Have it shut down in order; kill it and raise ClusterError if it does not."""
        self.ask_to_stop()
        self.await_stop()

    def ask_to_stop(self) -> None:
        """Tell it to shut down, and do not wait for that; a paused one goes on, to do so."""
        process = self._running()
        process.send(signal.SIGTERM)
        process.send(signal.SIGCONT)

    def await_stop(self) -> None:
        """Block until it has shut down; kill it and raise ClusterError if it does not."""
        process = self._process
        if process is not None and not process.wait(STOP_SECONDS):
            self.kill()
            raise self._error(f"did not shut down within {STOP_SECONDS:.0f} seconds: killed")

    def kill(self) -> None:
        """End it at once, by SIGKILL, as a crash would."""
        process = self._running()
        process.send(signal.SIGKILL)
        process.wait(STOP_SECONDS)

    def pause(self) -> None:
        """Make it stand still, by SIGSTOP: its connections stay open, and nothing comes back."""
        self._running().pause()

    def resume(self) -> None:
        """Let a paused broker go on, by SIGCONT; a broker that is not paused stays as it is."""
        self._running().send(signal.SIGCONT)

    def _running(self) -> BrokerProcess:
        process = self._process
        if process is None:
            raise ClusterError(f"Broker {self.node} has not been started.")
        status = process.status()
        if status is not None:
            raise self._error(f"is not running: it ended with status {status}")
        return process

    def _says_it_is_up(self) -> bool:
        with self.log.open("rb") as log:
            log.seek(self._log_before)
            return _STARTED in log.read()

    def _error(self, what: str) -> ClusterError:
        lines = self.log.read_text("utf-8", "replace").splitlines()[-_LINES_SHOWN:]
        return ClusterError(
            "\n".join((f"Broker {self.node} {what}. The end of {self.log}:", *lines))
        )
