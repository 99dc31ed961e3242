"""What is kept of a campaign between batches."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from pipeline.conversation import Phase
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    EventId,
    MessageId,
    Milliseconds,
    Platform,
    WorkspaceId,
)
from pipeline.keyed import Kind


class Campaign(NamedTuple):
    """A campaign within its workspace; it spans platforms."""

    workspace: WorkspaceId
    campaign_id: CampaignId


class CampaignTouch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A touch as its campaign sees it, with the limit that binds it."""

    occurred_at: Milliseconds
    event_id: EventId
    account_id: AccountId
    platform: Platform
    message_id: MessageId
    creator_id: CreatorId
    phase: Phase
    daily_cap: int | None

    @property
    def rank(self) -> tuple[Milliseconds, EventId, AccountId, Platform]:
        """Return its place in the order: between accounts the account id breaks a last tie."""
        return self.occurred_at, self.event_id, self.account_id, self.platform

    @property
    def message(self) -> tuple[Platform, AccountId, MessageId]:
        """Return what tells it from the other touches of the campaign."""
        return self.platform, self.account_id, self.message_id


class CampaignDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One UTC day of a campaign: its touches in their order."""

    touches: tuple[CampaignTouch, ...] = ()


DAY = Kind("d", CampaignDay)
