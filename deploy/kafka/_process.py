"""The process of a broker: it never outlives the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

# The shell becomes the broker, so that its process id is the broker's. Before, it leaves a watcher
# behind, which reads from the pipe to our process: a line means that the broker has ended, and the
# end of the pipe that our process has, however that came about.
_WATCHED = """
exec 3<&0
(read -r _ <&3 || kill -9 $$) >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null
"""


class BrokerProcess:
    """A running broker. It is killed when the process that made it ends, even by SIGKILL."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        """Start it; what it prints is appended to the log."""
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command
                ("/bin/sh", "-c", _WATCHED, "sh", *command),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us, and we stop it in order
            )

    @property
    def pid(self) -> int:
        """The process id; it may be somebody else's once the process has ended."""
        return self._process.pid

    def status(self) -> int | None:
        """Return the exit status, minus a signal's number if one ended it; None while it runs."""
        status = self._process.poll()
        if status is not None:
            self._dismiss_watcher()
        return status

    def wait(self, seconds: float) -> bool:
        """Block until the process has ended or the time is over; return whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.status() is not None

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless the process has ended."""
        self._process.send_signal(number)

    def pause(self) -> None:
        """Stop the process in its tracks; block until all of its threads stand still."""
        self.send(signal.SIGSTOP)
        os.waitpid(self.pid, os.WUNTRACED)

    def _dismiss_watcher(self) -> None:
        assert self._process.stdin is not None, "it was opened as a pipe"
        if not self._process.stdin.closed:
            with suppress(BrokenPipeError):
                self._process.stdin.write(b"\n")
                self._process.stdin.close()
