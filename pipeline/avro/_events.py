"""Events as the messages of the input topics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pipeline.avro._codec import decode, encode
from pipeline.avro._errors import DecodeError, DecodeFailure, EncodeError
from pipeline.avro._event_to_record import record_of
from pipeline.avro._names import SchemaName
from pipeline.avro._record_to_event import inbound_of, outbound_of
from pipeline.events import Event, EventType
from pipeline.topics import Topic

LARGEST_EVENT = 1024 * 1024
"""In bytes: as much as a line of a file may have. State keeps events, and is a record itself."""

_SCHEMAS = {
    EventType.DM_SENT: SchemaName.DM_SENT,
    EventType.FOLLOW_UP: SchemaName.FOLLOW_UP,
    EventType.REPLY: SchemaName.REPLY,
    EventType.SEND_REQUEST: SchemaName.SEND_REQUEST,
}
_TOPICS = {
    EventType.DM_SENT: Topic.DM_SENT,
    EventType.FOLLOW_UP: Topic.FOLLOW_UPS,
    EventType.REPLY: Topic.REPLIES,
    EventType.SEND_REQUEST: Topic.SEND_REQUESTS,
}
_READ: Mapping[SchemaName, Callable[[Mapping[str, Any]], Event]] = {
    SchemaName.DM_SENT: partial(outbound_of, EventType.DM_SENT),
    SchemaName.FOLLOW_UP: partial(outbound_of, EventType.FOLLOW_UP),
    SchemaName.REPLY: partial(inbound_of, EventType.REPLY),
    SchemaName.SEND_REQUEST: partial(outbound_of, EventType.SEND_REQUEST),
}


def topic_of(event: Event) -> Topic:
    """Return the input topic that carries events of this type."""
    return _TOPICS[event.type]


def encode_event(event: Event) -> bytes:
    """Return the event as an Avro single object; its body and name are not sealed.

    Raises EncodeError, which names the field, for a value that its schema does not hold.
    """
    schema = _SCHEMAS[event.type]
    try:
        record = record_of(event)
    except UnicodeEncodeError as error:
        field = "body" if error.object == event.body else "creator_name"
        raise EncodeError(schema, field, "holds half of a surrogate pair") from None
    return encode(schema, record)


def decode_event(data: bytes) -> Event:
    """Return the event in these bytes, whichever version of its schema wrote it.

    Text that is empty counts as absent. Raises DecodeError, and nothing else, for bytes that
    are no event: a dead letter is made of its `field` and `reason`.
    """
    name, record = decode(data)
    read = _READ.get(name)
    if read is None:
        raise DecodeError(DecodeFailure.NO_EVENT, detail=str(name))
    if len(data) > LARGEST_EVENT:
        detail = f"{len(data)} bytes of at most {LARGEST_EVENT}"
        raise DecodeError(DecodeFailure.TOO_LONG, detail=detail)
    return read(record)
