"""The side of the process that has texts to be judged."""

from __future__ import annotations

import subprocess
import sys
from typing import Self

from pipeline.frames import read_frames, write_frame
from pipeline.judging._messages import Judged, Text, decode_answer, encode_order

_TRIES = 3


class JudgingError(Exception):
    """The judging process ends in the middle again and again; it says why on standard error."""


class JudgingProcess:
    """Judges texts in a process of its own, so that the folds have a core to themselves.

    One thread, one judging process. It is started with the first order, started again if it died,
    and ends by itself when this process does, however that ends.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._interrupted = False

    def judge(self, order: list[Text]) -> list[Judged]:
        """Return what was found in each text, in their order. Blocks while they are judged.

        Raises JudgingError when the process died of this order several times, or is interrupted.
        """
        if not order:
            return []
        message = encode_order(order)
        for _ in range(_TRIES):
            child = self._child or self._start()
            assert child.stdin is not None
            assert child.stdout is not None
            try:
                write_frame(child.stdin, message)
                return decode_answer(next(read_frames(child.stdout)))
            except (OSError, StopIteration):
                self.close()
            if self._interrupted:
                break
        raise JudgingError(f"the judging process ended in the middle of {len(order)} texts")

    def interrupt(self) -> None:
        """End what another thread has judged, if it has; it raises there. Any thread may call."""
        self._interrupted = True
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
        self._child = subprocess.Popen(
            [sys.executable, "-m", "pipeline.judging"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What a terminal sends to stop this process must not stop that one in the middle.
            start_new_session=True,
        )
        return self._child
