"""How a message in Confluent's wire format begins: a zero byte, and four of the schema's id."""

from __future__ import annotations

MAGIC = b"\0"
_ID_BYTES = 4
HEAD_LENGTH = len(MAGIC) + _ID_BYTES


def head_of(schema_id: int) -> bytes:
    """Return the head of messages whose schema has this id in the registry.

    >>> head_of(258).hex()
    '0000000102'
    """
    return MAGIC + schema_id.to_bytes(_ID_BYTES)


def schema_id_in(data: bytes) -> int | None:
    """Return the id in the head of a message; None for one that has no such head, or half of it."""
    if data[:1] != MAGIC or len(data) < HEAD_LENGTH:
        return None
    return int.from_bytes(data[len(MAGIC) : HEAD_LENGTH])
