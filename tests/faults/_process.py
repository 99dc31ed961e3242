"""`outreach` in a process that is watched, killed, stopped and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from tests.faults._notes import NotesOf
from tests.faults._plan import Plan
from tests.faults._stacks import END_OF_STACKS

PATIENCE_SECONDS = 180.0
"""So long after nothing has come to pass, something hangs."""
KILLED = -signal.SIGKILL
"""The exit status of a process that was killed."""
_BAD_LINES = "bad lines are in the dead letters"
_LOOK_EVERY = 0.002
_STACKS_SECONDS = 5.0
_LAST_LETTERS = 8_000


class HangsError(AssertionError):
    """What a drill waits for does not come."""


def until(condition: Callable[[], object], what: str) -> None:
    """Wait until a condition holds that nobody tells of; HangsError names what did not come."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise HangsError(f"{PATIENCE_SECONDS:.0f} seconds, and no sign of this: {what}")
        time.sleep(_LOOK_EVERY)


class Process:
    """The command with these arguments, as of now; it is killed at the end of the block."""

    def __init__(
        self,
        plan: Plan,
        *arguments: str | Path,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        words = [sys.executable, "-W", "error", "-m", "tests.faults._outreach"]
        self._stands_still = False
        notes = Path(plan.notes)
        self.notes = NotesOf(notes)
        self._said = notes.with_suffix(".said")
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [*words, msgspec.json.encode(plan).decode(), *map(str, arguments)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=said,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def status(self) -> int | None:
        """The exit status, or minus the signal; None while it runs."""
        return self._process.poll()

    @property
    def is_well(self) -> bool:
        """Whether it has ended well, with bad lines at worst."""
        return self.status == 0 or (self.status == 1 and _BAD_LINES in self.said)

    @property
    def said(self) -> str:
        """What it has written to standard error so far."""
        return self._said.read_text("utf-8", "replace")

    def look(self) -> NotesOf:
        """Return its notes up to now."""
        self.notes.look()
        return self.notes

    @property
    def acknowledged(self) -> int:
        """How many records its agents have committed so far."""
        return len(self.look().acknowledged)

    def reaches(self, acknowledged: int) -> bool:
        """Wait until its agents have committed so many records; return whether it still runs."""
        until(
            lambda: self.acknowledged >= acknowledged or self.status is not None,
            f"{acknowledged} records committed; {self.said[-2_000:]}",
        )
        return self.status is None

    def says(self, text: str) -> None:
        """Wait until it has said this; AssertionError if it ends without."""
        until(lambda: text in self.said or self.status is not None, text)
        assert text in self.said, self.said

    def says_more(
        self, text: str, times: int, because_of: Callable[[], None] = lambda: None
    ) -> bool:
        """Wait until it has said this so often since now; return whether it did before it ended."""
        wanted = self.said.count(text) + times
        because_of()
        until(lambda: self.said.count(text) >= wanted or self.status is not None, text)
        return self.said.count(text) >= wanted

    def report(self) -> str:
        """Return how it does, where it is, and the last that it has said."""
        status = self.status
        state = "runs" if status is None else f"has ended with {status}"
        if status is None and self.stands_still:
            state = "stands still"
        elif status is None:
            self._process.send_signal(signal.SIGUSR1)
            deadline = time.monotonic() + _STACKS_SECONDS
            while END_OF_STACKS not in self.said and time.monotonic() < deadline:
                time.sleep(_LOOK_EVERY)
        name = self._said.stem
        return f"--- {name} {state}; it has said last:\n{self.said[-_LAST_LETTERS:]}"

    def kill(self) -> None:
        """End it by SIGKILL, stopped or not, if it runs."""
        self._process.kill()
        self._process.wait()

    @property
    def stands_still(self) -> bool:
        """Whether it has stopped since it last went on."""
        if not self._stands_still and self.status is None:
            stopped = os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOHANG)
            self._stands_still = stopped is not None
        return self._stands_still

    def go_on(self) -> None:
        """Let it go on, by SIGCONT."""
        self._process.send_signal(signal.SIGCONT)
        self._stands_still = False

    def ask_to_leave(self) -> None:
        """Ask it to end, by SIGTERM."""
        self._process.send_signal(signal.SIGTERM)

    def leave(self) -> None:
        """Ask it to end, and hold that it ends well."""
        self.ask_to_leave()
        assert self.ended() == 0, self.said

    def ended(self) -> int:
        """Wait until it has ended; return its status."""
        until(lambda: self.status is not None, f"the end of {self._process.args!r}: {self.said}")
        assert self.status is not None
        self.notes.look()
        return self.status
