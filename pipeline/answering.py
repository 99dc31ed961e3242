"""A process of its own that answers one order after the other."""

from __future__ import annotations

import subprocess
import sys
from typing import Self

from pipeline.frames import read_frames, write_frame


class ProcessEndedError(Exception):
    """The process ended in the middle of an order; it says why on standard error."""


class AnsweringProcess:
    """Has a module of ours answer orders, in frames on its standard input and output.

    For one thread. The process is started with the first order, started again if it died, and ends
    by itself when this process does, however that ends.
    """

    def __init__(self, module: str, *greeting: bytes) -> None:
        """Name the module; `greeting` is what it is told before the first order."""
        self._module = module
        self._greeting = greeting
        self._child: subprocess.Popen[bytes] | None = None

    def ask(self, order: bytes) -> bytes:
        """Return the answer to an order. Blocks until it is there.

        Raises ProcessEndedError when the process ends meanwhile; the next order starts another.
        """
        child = self._child
        # Not on the command line: there everybody could read it.
        greeting = self._greeting if child is None else ()
        child = child or self._start()
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            for frame in (*greeting, order):
                write_frame(child.stdin, frame)
            return next(read_frames(child.stdout))
        except (OSError, StopIteration):
            self.close()
            raise ProcessEndedError from None

    def interrupt(self) -> None:
        """End what another thread has asked, if it has; it raises there. Any thread may call."""
        child = self._child
        if child is not None:
            child.kill()

    def close(self) -> None:
        """End the process, if it is running, and wait until it has ended."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        child = subprocess.Popen(  # noqa: S603 - a module of ours, named in the code
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a terminal sends to stop this process must not stop that one in the middle.
            start_new_session=True,
        )
        self._child = child
        return child
