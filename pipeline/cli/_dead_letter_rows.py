"""Dead letters as the warehouse has them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from pipeline.report import views
from pipeline.warehouse import Address

_QUERY = """
SELECT dead_letter_id, at, topic, partition, offset, source, line, field, reason, payload,
    count() OVER ()
FROM dead_letters
WHERE replayed_at IS NULL
ORDER BY at DESC, source, line, topic, partition, offset
LIMIT %(limit)s
"""
_BEGINNING = 200


class DeadLetter(msgspec.Struct, frozen=True):
    """One event that could not be used; its JSON has these names as its keys."""

    dead_letter_id: str
    at: datetime
    topic: str
    """Where it stood in the log; empty for a line of a file."""
    partition: int
    offset: int
    source: str
    """The file whose line it was; empty for a record of the log."""
    line: int
    field: str
    """The field that is wrong, if it is one; else empty."""
    reason: str
    payload: str | None
    """The whole event; None if it is no UTF-8."""
    payload_base64: str | None
    """The whole event if it is no UTF-8; else None."""

    @property
    def origin(self) -> str:
        """Say where it came from: the file and its line, or the place in the log."""
        if self.source:
            return f"{Path(self.source).name}:{self.line}"
        return f"{self.topic}[{self.partition}]@{self.offset}"

    @property
    def beginning(self) -> str:
        """Return the first part of the event."""
        return (self.payload or self.payload_base64 or "")[:_BEGINNING]


def read_dead_letters(address: Address, limit: int) -> tuple[int, list[DeadLetter]]:
    """Return how many there are, and the newest of them.

    Blocks for the warehouse. Raises clickhouse_driver's own errors.
    """
    with views(address) as client:
        rows = client.execute(_QUERY, {"limit": limit}, settings={"strings_as_bytes": True})
    total = rows[0][-1] if rows else 0
    return total, [_letter(row[:-1]) for row in rows]


def _letter(row: Sequence[Any]) -> DeadLetter:
    *others, payload = row
    text, base64 = None, None
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        base64 = b64encode(payload).decode()
    plain = (
        value.decode(errors="replace") if isinstance(value, bytes) else value for value in others
    )
    fields = zip(DeadLetter.__struct_fields__, (*plain, text, base64), strict=True)
    return msgspec.convert(dict(fields), DeadLetter)
