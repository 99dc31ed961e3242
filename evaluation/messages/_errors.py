"""What is judged otherwise than a reader did, to learn from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from evaluation.messages._judging import Judged
from evaluation.messages._reading import Half


class Error(NamedTuple):
    """One message in which something was missed, or found that is not there."""

    kind: str
    """`missed` or `imagined`."""
    words: str
    """The words that misled."""
    judged: Judged


def errors_of(code: str, messages: Iterable[Judged]) -> Iterator[Error]:
    """Yield the errors of one element or signal, in the half that was tuned on.

    Those of the other half are never shown: whoever sees them tunes on them.
    """
    for judged in messages:
        expected, got = code in judged.message.codes, code in judged.found
        if judged.message.half is Half.TUNED and expected is not got:
            yield Error("missed" if expected else "imagined", judged.words_of(code), judged)
