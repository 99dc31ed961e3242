"""The folder in which an embedded system lives, and who has it open."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

_PATIENCE_SECONDS = 1.0
_TRY_EVERY = 0.02


class DirectoryInUseError(Exception):
    """Another process has the folder open; the message names it and says what to do."""


class Endpoint(msgspec.Struct, frozen=True):
    """How to reach the process that has a folder open."""

    pid: int
    command: str
    """What it was started as, for messages."""
    warehouse_port: int
    """Where it speaks ClickHouse's native protocol, on 127.0.0.1."""
    web_port: int | None
    """Where it serves HTTP, if it does, on 127.0.0.1."""
    secret: str
    """The password of the warehouse's user, and the bearer token of HTTP."""


class DataDirectory:
    """A folder with a log, the state of its agents and a warehouse."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()

    @property
    def log_path(self) -> Path:
        """The log's file."""
        return self.path / "log" / "log.db"

    @property
    def log_url(self) -> str:
        """The log as Faust knows it."""
        return f"sqlite:///{self.log_path}"

    @property
    def state(self) -> Path:
        """Where the agents keep their state."""
        return self.path / "state"

    @property
    def warehouse(self) -> Path:
        """Where the engine keeps its tables."""
        return self.path / "warehouse"

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever loaded here."""
        return not self.log_path.exists()

    @contextmanager
    def claim(self) -> Iterator[None]:
        """Have the folder for this process alone while the block runs; make it if need be.

        Raises DirectoryInUseError, which names the process that has it. Waits a moment for one that
        only looks, or that is about to leave.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        with self._lock_path.open("a+") as lock:
            self._take(lock)
            self._endpoint_path.unlink(missing_ok=True)
            try:
                yield
            finally:
                self._endpoint_path.unlink(missing_ok=True)

    def _take(self, lock: IO[str]) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                if self.endpoint() is not None or time.monotonic() > deadline:
                    raise DirectoryInUseError(self._who()) from None
                time.sleep(_TRY_EVERY)
            else:
                return

    def publish(self, endpoint: Endpoint) -> None:
        """Write down where this process, which has claimed the folder, is reached."""
        fresh = self._endpoint_path.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(endpoint))
        fresh.replace(self._endpoint_path)

    def endpoint(self) -> Endpoint | None:
        """Return where the process that has the folder open is reached; None if none has it.

        What a process that died has left behind is noticed: only who holds the lock counts.
        """
        if not self.is_open:
            return None
        with suppress(OSError, msgspec.DecodeError):
            return msgspec.json.decode(self._endpoint_path.read_bytes(), type=Endpoint)
        return None

    @property
    def is_open(self) -> bool:
        """Whether some process, this one included, has the folder; it need not serve it yet."""
        try:
            lock = self._lock_path.open("r")
        except FileNotFoundError:
            return False
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return True
            return False

    def _who(self) -> str:
        endpoint = self.endpoint()
        if endpoint is None:
            return (
                f"{self.path} is open in another process that is just starting or stopping; "
                "try again in a moment"
            )
        holder = f"{self.path} is open in process {endpoint.pid} (`{endpoint.command}`)"
        if endpoint.web_port is None:
            return f"{holder}; stop that process, or give another --data DIR"
        return (
            f"{holder}; load files into it with `outreach import FILE... --data DIR`, stop it "
            "first, or give another --data DIR"
        )

    @property
    def _lock_path(self) -> Path:
        return self.path / "lock"

    @property
    def _endpoint_path(self) -> Path:
        return self.path / "endpoint.json"
