"""What is kept of an account between batches."""

from __future__ import annotations

import msgspec

from pipeline.conversation import Conversation
from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    EventId,
    MessageId,
    Milliseconds,
    Platform,
)
from pipeline.keyed import Kind
from pipeline.rates import ResponseCell, ResponseCounts, StepCell, StepCounts
from pipeline.signals import JudgedText


class StoredMessage(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The event that counts for a message: the smallest of all that came."""

    occurred_at: Milliseconds
    event_id: EventId
    creator_id: CreatorId
    record: bytes
    """The event as it stands in the log. It tells apart events that agree in time and id."""
    judged: JudgedText | None = None
    """What the text of a touch was judged to show. It stays what it was, whoever judges later."""

    @property
    def rank(self) -> tuple[Milliseconds, EventId, bytes]:
        """Return what decides which of several events counts: the smallest."""
        return self.occurred_at, self.event_id, self.record


class DayTouch(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A touch as the account's day sees it."""

    occurred_at: Milliseconds
    event_id: EventId
    message_id: MessageId
    creator_id: CreatorId
    campaign_id: CampaignId


class AccountDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One UTC day of an account: its touches in their order, and its rate cells."""

    touches: tuple[DayTouch, ...] = ()
    responses: tuple[tuple[ResponseCell, ResponseCounts], ...] = ()
    steps: tuple[tuple[StepCell, StepCounts], ...] = ()


class DaysOfWorkspace(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The UTC days on which any account of a workspace sent a touch, in their order."""

    days: tuple[int, ...] = ()


class AccountsOfDay(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The accounts of a workspace that sent a touch on a UTC day, in their order."""

    accounts: tuple[tuple[Platform, AccountId], ...] = ()


class PolicyInForce(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One policy that was ever loaded."""

    policy_id: str
    effective_from: Milliseconds | None
    document: str


class Policies(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """All policies that were ever loaded."""

    loaded: tuple[PolicyInForce, ...] = ()


MESSAGE = Kind("m", StoredMessage, cached=False)
CONVERSATION = Kind("c", Conversation)
DAY = Kind("d", AccountDay)
POLICIES = Kind("p", Policies)
DAYS_OF_WORKSPACE = Kind("w", DaysOfWorkspace)
ACCOUNTS_OF_DAY = Kind("t", AccountsOfDay)
