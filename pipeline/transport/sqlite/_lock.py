"""One process per log: a lock that dies with its holder and names it."""

from __future__ import annotations

import fcntl
import os
import shlex
import sys
from datetime import UTC, datetime
from pathlib import Path

from pipeline.transport.sqlite._errors import LogLockedError

_COMMAND_LENGTH = 200


class ProcessLock:
    """Holds `PATH.lock` from construction to `release`, or until the process ends in any way.

    Raises LogLockedError, which names the holding process, if another one has it. The file itself
    stays: removing it would let two processes lock two files of the same name.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.with_name(path.name + ".lock").open(
            "a+", encoding="utf-8", errors="backslashreplace"
        )
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.seek(0)
            holder = self._file.read().strip() or "a process that has not said its name yet"
            self._file.close()
            raise LogLockedError(
                f"The log {path} is in use by {holder}. One process at a time may open a log: "
                "stop that process, or ask it to do what you wanted to do here."
            ) from None
        self._file.truncate(0)
        self._file.write(_describe_this_process())
        self._file.flush()

    def release(self) -> None:
        """Let the next process in."""
        self._file.close()


def _describe_this_process() -> str:
    command = shlex.join(sys.argv)[:_COMMAND_LENGTH] or Path(sys.executable).name
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return f"process {os.getpid()} ({command}, since {since})"
