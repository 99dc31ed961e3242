"""The side of the process that has texts to be judged."""

from __future__ import annotations

import subprocess
from contextlib import suppress

from pipeline.answering import AnsweringProcess, ProcessEndedError
from pipeline.judging._lexicons import NO_LEXICONS, Lexicons
from pipeline.judging._messages import (
    Judged,
    Text,
    decode_answer,
    encode_lexicons,
    encode_order,
)

_TRIES = 3


class JudgingError(Exception):
    """The judging process ends in the middle again and again; it says why on standard error."""


class JudgingProcess(AnsweringProcess):
    """Judges texts in a process of its own, so that the folds have a core to themselves."""

    def __init__(self, lexicons: Lexicons = NO_LEXICONS) -> None:
        """Take the lexicons of workspaces; the texts of others are judged by what is shipped."""
        super().__init__("pipeline.judging", encode_lexicons(dict(lexicons)))
        self._interrupted = False

    def judge(self, order: list[Text]) -> list[Judged]:
        """Return what was found in each text, in their order. Blocks while they are judged.

        Raises JudgingError when the process died of this order several times, or is interrupted.
        """
        if not order:
            return []
        message = encode_order(order)
        for _ in range(_TRIES):
            if self._interrupted:
                break
            with suppress(ProcessEndedError):
                return decode_answer(self.ask(message))
        raise JudgingError(f"the judging process ended in the middle of {len(order)} texts")

    def interrupt(self) -> None:
        """End what another thread has judged, for good; it raises there. Any thread may call.

        Nothing is judged from then on, whether the process was running or not.
        """
        self._interrupted = True
        super().interrupt()

    def _start(self) -> subprocess.Popen[bytes]:
        child = super()._start()
        # Whoever interrupts now sees the child; who did so before that has left word.
        if self._interrupted:
            child.kill()
        return child
