"""One worker per state directory."""

from __future__ import annotations

import fcntl
import os
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class StateDirectoryInUseError(Exception):
    """Another worker keeps its state there; the message names it and says what to do."""


@contextmanager
def claimed(directory: Path) -> Iterator[None]:
    """Have the directory for this process alone while the block runs; make it if need be.

    Raises StateDirectoryInUseError. However the process ends, the next one can have it.
    """
    directory.mkdir(parents=True, exist_ok=True)
    # The file stays: if it were removed, two processes could lock two files of one name.
    with (directory / "worker.lock").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "another process"
            raise StateDirectoryInUseError(
                f"{directory.absolute()} is the state directory of {holder}: stop that worker, or "
                "give this one a directory of its own with OUTREACH_STATE"
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()} ({shlex.join(sys.argv)})")
        lock.flush()
        yield
