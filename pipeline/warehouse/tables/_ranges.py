"""What numbers a row may hold: those that every reader of the tables can show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pipeline.avro import LATEST, DecodeError, DecodeFailure

_LARGEST_INT = 2**31 - 1
_HUNDRED = 100
_MOST = {
    "step": _LARGEST_INT,
    "sent_at": LATEST,
    "attempt_started_at": LATEST,
    "received_at": LATEST,
    "replied_at": LATEST,
    "hour": LATEST,
    "at": LATEST,
    "replayed_at": LATEST,
    "updated_at": LATEST,
    "opened_at": LATEST,
    "resolved_at": LATEST,
    "sequence": _LARGEST_INT,
    "quality": _HUNDRED,
    "risk": _HUNDRED,
    "highest": _HUNDRED,
}
"""By column; the least is 0. Of a row with another number the server takes nothing, or it takes it
and no client can read the column any more."""


def range_check(columns: Sequence[str]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """Return a function that returns a row of these columns as it is.

    It raises DecodeError, which names the column, when a number lies outside what it may be.
    """
    bounds = [(place, name, _MOST[name]) for place, name in enumerate(columns) if name in _MOST]

    def check(row: tuple[Any, ...]) -> tuple[Any, ...]:
        for place, name, most in bounds:
            number = row[place]
            if number is not None and not 0 <= number <= most:
                raise DecodeError(DecodeFailure.OUT_OF_RANGE, field=name)
        return row

    return check
