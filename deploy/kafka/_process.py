"""The process of a broker: it never outlives the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

# The shell becomes the broker, so that its process id is the broker's. Before, it leaves a watcher
# behind, which reads from the pipe that our process holds: a line says that the broker has ended;
# the end of the pipe says that our process has, however that came about.
_WATCHED = """
exec 3<&0
(read -r _ <&3 || kill -9 $$) >/dev/null 2>&1 &
exec "$@" 3<&- </dev/null
"""


class BrokerProcess:
    """A running broker. It is killed when the process that made it ends, even by SIGKILL."""

    def __init__(self, command: Sequence[str], log: Path) -> None:
        """Start it; what it prints is appended to the log."""
        self._paused = False
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - the command is made here, not typed in
                ("/bin/sh", "-c", _WATCHED, "sh", *command),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us, who stop it in order
            )

    @property
    def pid(self) -> int:
        """The process id; it may be somebody else's once this process has ended."""
        return self._process.pid

    def status(self) -> int | None:
        """Return the exit status, or minus the signal that ended it; None while it runs."""
        status = self._process.poll()
        if status is not None:
            self._dismiss_watcher()
        return status

    def ends_within(self, seconds: float) -> bool:
        """Block until the process has ended or the time is over; return whether it has ended."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        return self.status() is not None

    def ask_to_end(self) -> None:
        """Send SIGTERM; a paused process goes on, in order to end."""
        self._process.terminate()
        self.resume()

    def kill(self) -> None:
        """Send SIGKILL; block until the process has ended."""
        self._process.kill()
        self._process.wait()
        self._dismiss_watcher()

    def pause(self) -> None:
        """Send SIGSTOP; block until all threads of the process stand still."""
        if not self._paused:
            self._process.send_signal(signal.SIGSTOP)
            os.waitpid(self.pid, os.WUNTRACED)  # tells of each stop once only
            self._paused = True

    def resume(self) -> None:
        """Send SIGCONT."""
        self._process.send_signal(signal.SIGCONT)
        self._paused = False

    def _dismiss_watcher(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None, "it was opened as a pipe"
        with suppress(BrokenPipeError):
            if not pipe.closed:
                pipe.write(b"\n")
            pipe.close()
