"""The side of the process that has texts to be judged."""

from __future__ import annotations

from types import MappingProxyType

from pipeline.answering import AnsweringProcess, ProcessEndedError
from pipeline.judging._lexicons import Lexicons
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

    def __init__(self, lexicons: Lexicons = MappingProxyType({})) -> None:
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
            try:
                return decode_answer(self.ask(message))
            except ProcessEndedError:
                if self._interrupted:
                    break
        raise JudgingError(f"the judging process ended in the middle of {len(order)} texts")

    def interrupt(self) -> None:
        """End what another thread has judged, for good; it raises there. Any thread may call."""
        self._interrupted = True
        super().interrupt()
