"""Opening the engine on a directory, and telling why it cannot be opened."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from pipeline.warehouse.embedded._errors import EngineBusy
from pipeline.warehouse.embedded._standard_input import shield_standard_input


class Rows(Protocol):
    """Rows in the format that was asked for, as `chdb` returns them."""

    def bytes(self) -> bytes:
        """Return a copy of them."""


class RowStream(Protocol):
    """Rows that come piece by piece, as `chdb` returns them."""

    def __iter__(self) -> Iterator[Rows]: ...

    def close(self) -> None:
        """End the query; idempotent."""


class EngineSession(Protocol):
    """What we use of `chdb.session.Session`, which publishes no types."""

    def query(self, sql: str, fmt: str) -> Rows:
        """Run a statement to its end."""

    def send_query(self, sql: str, fmt: str) -> RowStream:
        """Begin a query that returns rows."""

    def close(self) -> None:
        """End the session; idempotent."""


def _open_session(path: str) -> EngineSession:
    # A third of the time that a command takes to start, and most never open an engine.
    from chdb.session import Session  # noqa: PLC0415 - see above

    opened: Callable[[str], EngineSession] = Session
    return opened(path)


def open_engine(directory: Path) -> EngineSession:
    """Return a session of chDB on a directory, which is made if absent.

    Raises EngineBusy if another process has the directory open, or this process another directory,
    RuntimeError if the engine cannot open it for another reason, and OSError if it cannot be made.
    """
    shield_standard_input()
    # Without this folder the engine takes the directory for empty and leaves out the task that
    # removes dropped tables: DROP … SYNC would wait for it for ever.
    (directory / "metadata").mkdir(parents=True, exist_ok=True)
    try:
        return _open_session(str(directory))
    except RuntimeError as error:
        if "already initialized with path" in str(error):
            raise EngineBusy(
                f"Cannot open {directory}: this process's engine serves another directory, and it "
                "can only serve one. Stop that server first, or use another process."
            ) from error
        if holder := _process_holding(directory):
            raise EngineBusy(
                f"Cannot open {directory}: process {holder} has it open, and only one process at a "
                "time can. Connect to that process's server instead, or stop it first."
            ) from error
        raise RuntimeError(
            f"The engine cannot open {directory}; it wrote the reason to standard error"
        ) from error


def _process_holding(directory: Path) -> str | None:
    """Return the id of the process whose engine has the directory locked, if one has.

    The engine locks a file named `status` (flock) and writes its process id into it.
    """
    try:
        with (directory / "status").open() as status:
            try:
                fcntl.flock(status, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                found = re.search(r"PID: (\d+)", status.read())
                return found[1] if found else "unknown"
    except OSError:
        return None
    return None
