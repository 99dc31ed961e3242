"""The fields of an event as a line carries them, and the event that they make."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta

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
from pipeline.ingest._moments import moment_of_number, parse_moment

LONGEST_ID = 512
LONGEST_BODY = 20_000
"""In characters (code points)."""
LARGEST_COUNT = 2**63 - 1
"""What the `long` of a schema holds."""
DEFAULT_WORKSPACE = WorkspaceId("default")
TIMEZONES = frozenset(available_timezones())

_Id = Meta(min_length=1, max_length=LONGEST_ID)
_OptionalId = Meta(max_length=LONGEST_ID)


class Wire(msgspec.Struct, gc=False, kw_only=True):
    """Every field of every type of event, each optional where some type does without it.

    msgspec refuses by these annotations what is no event; it is never asked why.
    """

    type: EventType
    event_id: Annotated[EventId, _Id]
    occurred_at: str | int
    platform: Platform
    account_id: Annotated[AccountId, _Id]
    creator_id: Annotated[CreatorId, _Id]
    body: Annotated[str, Meta(min_length=1, max_length=LONGEST_BODY)]
    workspace: Annotated[WorkspaceId, _OptionalId] | None = None
    message_id: Annotated[MessageId, _OptionalId] | None = None
    request_id: Annotated[MessageId, _OptionalId] | None = None
    campaign_id: Annotated[CampaignId, _OptionalId] | None = None
    template_id: Annotated[TemplateId, _OptionalId] | None = None
    creator_name: str | None = None
    creator_timezone: str | None = None
    creator_accepted: bool | None = None
    creator_follows: bool | None = None
    creator_followers: Annotated[int, Meta(ge=0, le=LARGEST_COUNT)] | None = None
    creator_email_listed: bool | None = None
    creator_content: str | list[str | None] | None = None
    in_reply_to: Annotated[MessageId, _OptionalId] | None = None
    kind: InboundKind | None = None


def event_of(wire: Wire) -> Event:
    """Return the event that these fields make.

    Raises ValueError when its moment, message or time zone is none.
    """
    if wire.type is EventType.REPLY:
        return _inbound(wire)
    return _outbound(wire)


def _outbound(wire: Wire) -> Outbound:
    message_id = wire.request_id if wire.type is EventType.SEND_REQUEST else wire.message_id
    if not message_id:
        raise ValueError("it names no message")
    timezone = wire.creator_timezone or None
    if timezone is not None and timezone not in TIMEZONES:
        raise ValueError("its time zone is unknown")
    return Outbound(
        type=wire.type,
        event_id=wire.event_id,
        workspace=wire.workspace or DEFAULT_WORKSPACE,
        occurred_at=_moment(wire.occurred_at),
        platform=wire.platform,
        account_id=wire.account_id,
        creator_id=wire.creator_id,
        message_id=message_id,
        body=wire.body,
        campaign_id=wire.campaign_id or None,
        template_id=wire.template_id or None,
        creator_name=wire.creator_name or None,
        creator_timezone=timezone,
        creator_accepted=wire.creator_accepted,
        creator_follows=wire.creator_follows,
        creator_followers=wire.creator_followers,
        creator_email_listed=wire.creator_email_listed,
        creator_content=_texts(wire.creator_content),
    )


def _inbound(wire: Wire) -> Inbound:
    if not wire.message_id:
        raise ValueError("it names no message")
    return Inbound(
        type=wire.type,
        event_id=wire.event_id,
        workspace=wire.workspace or DEFAULT_WORKSPACE,
        occurred_at=_moment(wire.occurred_at),
        platform=wire.platform,
        account_id=wire.account_id,
        creator_id=wire.creator_id,
        message_id=wire.message_id,
        body=wire.body,
        in_reply_to=wire.in_reply_to or None,
        kind=wire.kind or InboundKind.MESSAGE,
        creator_follows=wire.creator_follows,
    )


def _moment(value: str | int) -> Milliseconds:
    return parse_moment(value) if isinstance(value, str) else moment_of_number(value)


def _texts(content: str | list[str | None] | None) -> tuple[str, ...]:
    if not content:
        return ()
    if isinstance(content, str):
        return (content,)
    return tuple(text for text in content if text)
