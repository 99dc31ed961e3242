"""What all accounts of a workspace on one platform know of a creator."""

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


class Creator(NamedTuple):
    """A creator within a workspace and platform."""

    workspace: WorkspaceId
    platform: Platform
    creator_id: CreatorId


class KnownTouch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A touch to the creator, with the limits that bind it."""

    occurred_at: Milliseconds
    event_id: EventId
    account_id: AccountId
    message_id: MessageId
    campaign_id: CampaignId
    phase: Phase
    opens_attempt: bool
    contact_cap: int | None
    opted_out_binds: bool

    @property
    def rank(self) -> tuple[Milliseconds, EventId, AccountId]:
        """Return its place in the order: between accounts the account id breaks a last tie."""
        return self.occurred_at, self.event_id, self.account_id


class KnownOptOut(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A message in which the creator asked an account to stop."""

    occurred_at: Milliseconds
    event_id: EventId
    account_id: AccountId
    message_id: MessageId

    @property
    def rank(self) -> tuple[Milliseconds, EventId, AccountId]:
        """Return its place in the order of touches."""
        return self.occurred_at, self.event_id, self.account_id


class CreatorHistory(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The touches to a creator and their opt-outs, each in their order."""

    touches: tuple[KnownTouch, ...] = ()
    opt_outs: tuple[KnownOptOut, ...] = ()


HISTORY = Kind("h", CreatorHistory)
