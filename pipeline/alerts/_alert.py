"""What an alert says."""

from __future__ import annotations

from enum import StrEnum
from typing import NewType

import msgspec

from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)

AlertId = NewType("AlertId", str)


class AlertChange(StrEnum):
    """What has happened to an alert."""

    OPENED = "opened"
    UPDATED = "updated"
    RESOLVED = "resolved"


class Example(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A message that shows what is wrong. Its text is somebody's own: nobody vouches for it."""

    platform: Platform
    account_id: AccountId
    creator_id: CreatorId
    message_id: MessageId
    sent_at: Milliseconds
    text: str


class Alert(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An alert as it stands after one of its changes: a fact, told apart by id and sequence."""

    alert_id: AlertId
    workspace: WorkspaceId
    campaign_id: CampaignId
    sequence: int
    """0 when it opens, and one more with each change."""
    change: AlertChange
    """`opened` at sequence 0, `resolved` at the last, `updated` between them."""
    risk: int
    """The campaign's spam risk after the change, 0 to 100."""
    at: Milliseconds
    """When it changed."""
    opened_at: Milliseconds
    paused: bool = False
    """Whether the campaign is paused."""
    evidence: tuple[str, ...] = ()
    """Plain sentences, the gravest first."""
    examples: tuple[Example, ...] = ()
    """At most three."""
