"""Strategies: records that fit a schema, and events."""

from __future__ import annotations

from typing import cast

import avro.schema
from hypothesis import strategies as st

from pipeline.avro._registry import SchemaVersion
from pipeline.events import (
    AccountId,
    CampaignId,
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
    TemplateId,
    WorkspaceId,
)

_LEAVES: dict[str, st.SearchStrategy[object]] = {
    "null": st.none(),
    "boolean": st.booleans(),
    "int": st.integers(-(2**31), 2**31 - 1),
    "long": st.integers(-(2**63), 2**63 - 1),
    "string": st.text(max_size=200),
    "bytes": st.binary(max_size=200),
}


def values_of(schema: avro.schema.Schema) -> st.SearchStrategy[object]:
    """Return a strategy for the values of a schema."""
    match schema.type:
        case "union":
            return st.one_of([values_of(branch) for branch in schema.schemas])
        case "array":
            return st.lists(values_of(schema.items), max_size=3)
        case "record":
            return st.fixed_dictionaries(
                {field.name: values_of(field.type) for field in schema.fields}
            )
        case leaf:
            return _LEAVES[leaf]


def records_of(version: SchemaVersion) -> st.SearchStrategy[dict[str, object]]:
    """Return a strategy for the records of a schema version."""
    return cast("st.SearchStrategy[dict[str, object]]", values_of(version.parsed))


_ids = st.text(min_size=1, max_size=512)
_maybe = st.none() | st.booleans()
_common = {
    "event_id": _ids.map(EventId),
    "workspace": _ids.map(WorkspaceId),
    "occurred_at": st.integers(0, 10_413_791_999_999).map(Milliseconds),
    "platform": st.sampled_from(Platform),
    "account_id": _ids.map(AccountId),
    "creator_id": _ids.map(CreatorId),
    "message_id": _ids.map(MessageId),
    "body": st.text(min_size=1, max_size=20_000),
    "creator_follows": _maybe,
}
OUTBOUND = st.builds(
    Outbound,
    type=st.sampled_from([EventType.DM_SENT, EventType.FOLLOW_UP, EventType.SEND_REQUEST]),
    campaign_id=st.none() | _ids.map(CampaignId),
    template_id=st.none() | _ids.map(TemplateId),
    creator_name=st.none() | st.text(min_size=1),
    creator_timezone=st.sampled_from([None, "Europe/Berlin", "America/New_York", "UTC"]),
    creator_accepted=_maybe,
    creator_followers=st.none() | st.integers(0, 2**63 - 1),
    creator_email_listed=_maybe,
    creator_content=st.lists(st.text(min_size=1), max_size=3).map(tuple),
    **_common,
)
INBOUND = st.builds(
    Inbound,
    type=st.just(EventType.REPLY),
    in_reply_to=st.none() | _ids.map(MessageId),
    kind=st.sampled_from(InboundKind),
    **_common,
)
EVENTS: st.SearchStrategy[Event] = st.one_of(OUTBOUND, INBOUND)
