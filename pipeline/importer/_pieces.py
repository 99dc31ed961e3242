"""A log in pieces, ready to be appended: events are encoded and keyed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from pipeline.accounts import Account, partition_key
from pipeline.avro import encode_event, topic_of
from pipeline.events import Event
from pipeline.ingest import Chunk, RejectedLine


class EncodedEvent(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The record of an event, keyed by its account."""

    topic: str
    key: bytes
    value: bytes


class Piece(msgspec.Struct, frozen=True, array_like=True, tag=0):
    """Consecutive lines of one log."""

    next_line: int
    """The number of the line after its last."""
    bytes_read: int
    """How far the log is read, in bytes as it stands on disk."""
    events: list[EncodedEvent]
    rejections: list[RejectedLine]


def pieces_of(chunks: Iterable[Chunk]) -> Iterator[Piece]:
    """Encode the events of chunks."""
    for chunk in chunks:
        events = [encoded(event) for event in chunk.events]
        yield Piece(chunk.next_line, chunk.bytes_read, events, chunk.rejections)


def encoded(event: Event) -> EncodedEvent:
    """Return the record of an event."""
    return EncodedEvent(topic_of(event), partition_key(Account.of(event)), encode_event(event))
