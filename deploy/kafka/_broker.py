"""One broker: started, stopped, killed and started again."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from deploy.kafka._errors import BrokerError
from deploy.kafka._ports import HOST
from deploy.kafka._process import BrokerProcess

START_SECONDS = 120.0
STOP_SECONDS = 30.0
_STARTED = b"Kafka Server started"
_LINES_SHOWN = 30


class Broker:
    """One broker of a cluster; its port and its data stay the same from start to start.

    A method that changes its state blocks until the change is complete, unless it says otherwise,
    and raises BrokerError if the broker is not in the state for it. To be used by one thread at a
    time.
    """

    def __init__(self, node: int, port: int, log: Path, command: Sequence[str]) -> None:
        """Take what it needs, and start nothing."""
        self.node = node
        """Its number, from 1, by which the other brokers and clients' metadata know it."""
        self.address = f"{HOST}:{port}"
        """Host and port, as clients take them for `bootstrap_servers`."""
        self.log = log
        """The file with everything that it prints, from start to start."""
        self._command = tuple(command)
        self._process: BrokerProcess | None = None
        self._log_before = 0

    @property
    def is_running(self) -> bool:
        """Whether its process is there, paused or not."""
        return self._process is not None and self._process.status() is None

    @property
    def pid(self) -> int:
        """The process id; raises BrokerError if it is not running."""
        return self.running().pid

    def start(self) -> None:
        """Start it; block until it accepts connections and the cluster counts it in.

        It needs more than half of the brokers for that: `Cluster.start` starts them together.
        After a kill, it is let in again only when its session of two seconds has run out.
        """
        self.launch()
        self.await_start()

    def launch(self) -> None:
        """Start its process, and wait for nothing."""
        if self.is_running:
            raise BrokerError(f"Broker {self.node} is running already.")
        self._log_before = self.log.stat().st_size if self.log.exists() else 0
        self._process = BrokerProcess(self._command, self.log)

    def await_start(self) -> None:
        """Block until it says that it is up; raise BrokerError if it ends or takes too long."""
        deadline = time.monotonic() + START_SECONDS
        while not self._says_it_is_up():
            self.running()
            if time.monotonic() > deadline:
                raise self._error(f"is not up after {START_SECONDS:.0f} seconds")
            time.sleep(0.02)

    def stop(self) -> None:
        """Have it shut down in order.

        It asks the other brokers for leave, so it needs more than half of them. If it has not shut
        down after 30 seconds, this kills it and raises BrokerError.
        """
        self.ask_to_stop()
        if not self.stops_within(STOP_SECONDS):
            self.kill()
            raise self._error(f"did not shut down within {STOP_SECONDS:.0f} seconds: it was killed")

    def ask_to_stop(self) -> None:
        """Tell it to shut down, and do not wait for that; a paused one goes on, to do so."""
        self.running().ask_to_end()

    def stops_within(self, seconds: float) -> bool:
        """Block until it does not run or the time is over; return whether it does not run."""
        return self._process is None or self._process.ends_within(seconds)

    def kill(self) -> None:
        """End it at once, by SIGKILL, as a crash would; paused or not."""
        self.running().kill()

    def pause(self) -> None:
        """Make it stand still, by SIGSTOP: its connections stay open, and nothing comes back."""
        self.running().pause()

    def resume(self) -> None:
        """Let it go on, by SIGCONT; if it is not paused, nothing happens."""
        self.running().resume()

    def running(self) -> BrokerProcess:
        """Return its process; raise BrokerError, with the end of the log, if it does not run."""
        process = self._process
        if process is None:
            raise BrokerError(f"Broker {self.node} has not been started.")
        status = process.status()
        if status is not None:
            raise self._error(f"does not run: it ended with status {status}")
        return process

    def _says_it_is_up(self) -> bool:
        with self.log.open("rb") as log:
            log.seek(self._log_before)
            return _STARTED in log.read()

    def _error(self, what: str) -> BrokerError:
        end = self.log.read_text("utf-8", "replace").splitlines()[-_LINES_SHOWN:]
        return BrokerError("\n".join((f"Broker {self.node} {what}. The end of {self.log}:", *end)))
