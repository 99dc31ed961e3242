"""The events of an outreach log, as the rest of the product sees them."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

import msgspec

WorkspaceId = NewType("WorkspaceId", str)
AccountId = NewType("AccountId", str)
CreatorId = NewType("CreatorId", str)
CampaignId = NewType("CampaignId", str)
TemplateId = NewType("TemplateId", str)
MessageId = NewType("MessageId", str)
EventId = NewType("EventId", str)

Milliseconds = NewType("Milliseconds", int)
"""A moment: milliseconds since 1970-01-01T00:00:00Z, rounded down."""


class Platform(StrEnum):
    """Where an account sends and receives."""

    INSTAGRAM = "instagram"
    TIKTOK = "tiktok"
    X = "x"
    LINKEDIN = "linkedin"


class EventType(StrEnum):
    """The `type` of an event in files and over HTTP."""

    DM_SENT = "dm_sent"
    FOLLOW_UP = "follow_up"
    REPLY = "reply"
    SEND_REQUEST = "send_request"


class InboundKind(StrEnum):
    """What a creator answered with; every kind is a message of theirs."""

    MESSAGE = "message"
    STORY_REPLY = "story_reply"
    STORY_MENTION = "story_mention"
    QUICK_REPLY = "quick_reply"


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What every event has. Absent optional text is None, never the empty string."""

    type: EventType
    event_id: EventId
    workspace: WorkspaceId
    occurred_at: Milliseconds
    platform: Platform
    account_id: AccountId
    creator_id: CreatorId
    message_id: MessageId
    body: str


class Outbound(Event, frozen=True, kw_only=True):
    """A message that an account sent (`dm_sent`, `follow_up`) or asks to send (`send_request`).

    Of a send request, `message_id` holds the `request_id`.
    """

    campaign_id: CampaignId | None = None
    template_id: TemplateId | None = None
    creator_name: str | None = None
    creator_timezone: str | None = None
    creator_accepted: bool | None = None
    creator_follows: bool | None = None
    creator_followers: int | None = None
    creator_email_listed: bool | None = None
    creator_content: tuple[str, ...] = ()


class Inbound(Event, frozen=True, kw_only=True):
    """A message that a creator wrote to an account: a reply, or an audience message."""

    in_reply_to: MessageId | None = None
    kind: InboundKind = InboundKind.MESSAGE
    creator_follows: bool | None = None
