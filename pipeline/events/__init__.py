"""What came in: the types of events and their identity."""

from pipeline.events._types import (
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

__all__ = [
    "AccountId",
    "CampaignId",
    "CreatorId",
    "Event",
    "EventId",
    "EventType",
    "Inbound",
    "InboundKind",
    "MessageId",
    "Milliseconds",
    "Outbound",
    "Platform",
    "TemplateId",
    "WorkspaceId",
]
