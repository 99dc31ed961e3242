from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro import (
    DecodeError,
    DecodeFailure,
    EncodeError,
    SchemaName,
    decode,
    decode_event,
    encode,
    encode_event,
    open_text,
    seal_plain,
    topic_of,
)
from pipeline.avro._codec import MARKER, REGISTRY
from pipeline.events import (
    AccountId,
    CreatorId,
    Event,
    EventId,
    EventType,
    Inbound,
    InboundKind,
    MessageId,
    Milliseconds,
    Outbound,
    Platform,
    WorkspaceId,
)
from pipeline.topics import Topic
from tests.avro._strategies import EVENTS

TOUCH = Outbound(
    type=EventType.DM_SENT,
    event_id=EventId("e-1"),
    workspace=WorkspaceId("default"),
    occurred_at=Milliseconds(1_760_000_000_000),
    platform=Platform.INSTAGRAM,
    account_id=AccountId("northfold"),
    creator_id=CreatorId("mara"),
    message_id=MessageId("m-1"),
    body="Loved your film on grinders. May we send you one? tess@northfold.example",
)
REPLY = Inbound(
    type=EventType.REPLY,
    event_id=EventId("e-2"),
    workspace=WorkspaceId("default"),
    occurred_at=Milliseconds(1_760_000_060_000),
    platform=Platform.INSTAGRAM,
    account_id=AccountId("northfold"),
    creator_id=CreatorId("mara"),
    message_id=MessageId("m-2"),
    body="Yes please!",
)


def error_of(name: SchemaName, record: dict[str, Any]) -> DecodeError:
    """Return the error with which this record is refused as an event."""
    with pytest.raises(DecodeError) as caught:
        decode_event(encode(name, record))
    return caught.value


def record_of(event: Event) -> dict[str, Any]:
    """Return what stands in the log for this event."""
    return decode(encode_event(event))[1]


@given(event=EVENTS)
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    """Whatever an event may hold survives the log."""
    assert decode_event(encode_event(event)) == event


@pytest.mark.parametrize(
    ("type_", "topic", "schema"),
    [
        (EventType.DM_SENT, Topic.DM_SENT, SchemaName.DM_SENT),
        (EventType.FOLLOW_UP, Topic.FOLLOW_UPS, SchemaName.FOLLOW_UP),
        (EventType.SEND_REQUEST, Topic.SEND_REQUESTS, SchemaName.SEND_REQUEST),
        (EventType.REPLY, Topic.REPLIES, SchemaName.REPLY),
    ],
)
def test_each_type_has_its_topic_and_schema(
    type_: EventType, topic: Topic, schema: SchemaName
) -> None:
    """An event's type decides where it goes and how it is written."""
    event = REPLY if type_ is EventType.REPLY else msgspec.structs.replace(TOUCH, type=type_)
    assert topic_of(event) is topic
    assert decode(encode_event(event))[0] is schema


def test_a_send_request_has_a_request_id() -> None:
    """What an event calls its message is the request's own name in the schema."""
    record = record_of(msgspec.structs.replace(TOUCH, type=EventType.SEND_REQUEST))
    assert record["request_id"] == "m-1"
    assert "message_id" not in record


def test_the_first_version_of_a_reply_still_reads() -> None:
    """A reply that was written before `in_reply_to` existed has none."""
    first = REGISTRY.versions(SchemaName.REPLY)[0]
    record = record_of(REPLY)
    del record["in_reply_to"]
    data = bytearray(MARKER + first.fingerprint)
    first.write(data, record)
    assert decode(bytes(data)) == (SchemaName.REPLY, record | {"in_reply_to": None})
    assert decode_event(bytes(data)) == REPLY


def test_what_is_empty_is_absent() -> None:
    """A writer that has no null writes empty text, and means the same."""
    empty = dict.fromkeys(("workspace", "campaign_id", "template_id", "creator_timezone"), "")
    more = {"creator_name": seal_plain(""), "creator_content": ["", "Grinders"]}
    event = decode_event(encode(SchemaName.DM_SENT, record_of(TOUCH) | empty | more))
    assert event == msgspec.structs.replace(TOUCH, creator_content=("Grinders",))
    reply = record_of(REPLY) | {"in_reply_to": "", "kind": ""}
    assert decode_event(encode(SchemaName.REPLY, reply)) == REPLY


@pytest.mark.parametrize("field", ["event_id", "account_id", "creator_id", "message_id", "body"])
def test_an_event_that_lacks_something_is_refused(field: str) -> None:
    """Without who, where and what, an event cannot be used."""
    value = seal_plain("") if field == "body" else ""
    error = error_of(SchemaName.REPLY, record_of(REPLY) | {field: value})
    assert (error.failure, error.field) == (DecodeFailure.MISSING, field)
    assert error.reason == f"{field} is empty, and every event needs it"


@pytest.mark.parametrize(
    ("field", "value", "failure"),
    [
        ("platform", "threads", DecodeFailure.UNKNOWN_VALUE),
        ("creator_timezone", "../etc/passwd", DecodeFailure.UNKNOWN_VALUE),
        ("creator_followers", -1, DecodeFailure.OUT_OF_RANGE),
        ("occurred_at", -1, DecodeFailure.OUT_OF_RANGE),
        ("occurred_at", 10_413_792_000_000, DecodeFailure.OUT_OF_RANGE),
        ("creator_id", "m" * 513, DecodeFailure.TOO_LONG),
        ("campaign_id", "c" * 513, DecodeFailure.TOO_LONG),
        ("body", seal_plain("m" * 20_001), DecodeFailure.TOO_LONG),
        ("body", {"bytes": b"\xff", "key_id": None}, DecodeFailure.NOT_UTF8),
        ("body", {"bytes": b"\xff", "key_id": "k-1"}, DecodeFailure.SEALED),
        ("creator_name", {"bytes": b"\xff", "key_id": "k-1"}, DecodeFailure.SEALED),
    ],
)
def test_a_value_that_no_event_has_is_refused(
    field: str, value: object, failure: DecodeFailure
) -> None:
    """A record that reads, but that the product could not work with, names its field."""
    error = error_of(SchemaName.DM_SENT, record_of(TOUCH) | {field: value})
    assert (error.failure, error.field) == (failure, field)


def test_an_event_larger_than_a_line_of_a_file_is_refused() -> None:
    """A name has no limit of its own; state, which holds events, must fit into a record."""
    name = seal_plain("m" * 1_048_576)
    error = error_of(SchemaName.DM_SENT, record_of(TOUCH) | {"creator_name": name})
    assert error.reason.startswith("the message is too long (1048")
    assert error.reason.endswith(" bytes of at most 1048576)")


def test_a_reason_quotes_no_more_of_a_key_than_tells_it() -> None:
    """Whoever sealed it may have named the key as they liked."""
    sealed = {"bytes": b"", "key_id": "k" * 1_000_000}
    assert len(error_of(SchemaName.REPLY, record_of(REPLY) | {"body": sealed}).reason) < 300


def test_an_unknown_kind_is_refused() -> None:
    """A kind of tomorrow waits in the dead letters for the version that knows it."""
    error = error_of(SchemaName.REPLY, record_of(REPLY) | {"kind": "voice_note"})
    assert error.reason == (
        "kind holds a value that is not known here "
        "('voice_note' is none of message, story_reply, story_mention, quick_reply)"
    )


def test_every_known_kind_is_read() -> None:
    """All inbound messages come in as replies, of every kind."""
    for kind in InboundKind:
        reply = msgspec.structs.replace(REPLY, kind=kind)
        assert decode_event(encode_event(reply)) == reply


def test_a_record_that_is_no_event_is_refused() -> None:
    """A policy on the topic of replies is a mistake."""
    policy = dict.fromkeys(("policy_id", "source", "document"), "")
    record = policy | {"effective_from": None, "loaded_at": 0}
    assert error_of(SchemaName.POLICY, record).failure is DecodeFailure.NO_EVENT


@pytest.mark.parametrize("field", ["body", "creator_name", "campaign_id"])
def test_half_a_surrogate_pair_is_refused(field: str) -> None:
    """Text that UTF-8 cannot hold is refused by name, sealable or not."""
    with pytest.raises(EncodeError) as caught:
        encode_event(msgspec.structs.replace(TOUCH, **{field: "\ud83d"}))
    assert str(caught.value) == f"dm-sent: {field} holds half of a surrogate pair"


def test_an_event_of_the_wrong_class_is_refused() -> None:
    """A reply that calls itself a sent message does not fit that schema."""
    with pytest.raises(EncodeError, match="dm-sent: campaign_id is missing"):
        encode_event(msgspec.structs.replace(REPLY, type=EventType.DM_SENT))


@given(text=st.text())
def test_text_that_is_not_sealed_opens(text: str) -> None:
    """Sealable text reads as it was written."""
    assert open_text(seal_plain(text)) == text


@given(event=EVENTS, at=st.integers(min_value=0), put=st.binary(min_size=1, max_size=12))
def test_a_damaged_event_decodes_or_fails_as_promised(event: Event, at: int, put: bytes) -> None:
    """Overwriting bytes of a sound event gives an event or a DecodeError."""
    data = bytearray(encode_event(event))
    data[at % len(data) : at % len(data) + len(put)] = put
    try:
        damaged = decode_event(bytes(data))
    except DecodeError:
        return
    assert decode_event(encode_event(damaged)) == damaged
