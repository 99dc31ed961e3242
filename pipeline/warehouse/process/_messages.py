"""What the writing process is told, and what it answers."""

from __future__ import annotations

import msgspec


class Delivery(msgspec.Struct, frozen=True, array_like=True):
    """Records of one partition of a topic; the offset of each is the version of its rows."""

    topic: str
    offsets: list[int]
    values: list[bytes]


class Unusable(msgspec.Struct, frozen=True, array_like=True):
    """A record that gives no rows."""

    delivery: int
    """The place of its delivery in the order."""
    record: int
    """Its place in the delivery."""
    field: str
    reason: str
    kind: str
    """The class of the reason, one of few."""


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What came of an order."""

    unusable: list[Unusable]
    failure: str | None = None
    """Why the warehouse did not take the rows, or may not have; None: they are written."""


encode_order = msgspec.msgpack.Encoder().encode
decode_order = msgspec.msgpack.Decoder(list[Delivery]).decode
encode_answer = msgspec.msgpack.Encoder().encode
decode_answer = msgspec.msgpack.Decoder(Answer).decode
