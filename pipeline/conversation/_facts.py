"""What a walk through a conversation finds out about each of its messages."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from pipeline.conversation._entries import Received, Sent
from pipeline.events import CampaignId, MessageId, Milliseconds


class Phase(StrEnum):
    """Whether the creator has answered the attempt that a touch belongs to."""

    OUTREACH = "outreach"
    CONVERSATION = "conversation"


class TouchFacts(msgspec.Struct, frozen=True):
    """One touch, with all that its conversation says about it."""

    sent: Sent
    campaign_id: CampaignId
    """Its own or inherited; the empty id where there is none to inherit."""
    step: int
    phase: Phase
    opener: Sent
    """The first touch of its attempt: itself, when it opens one."""
    credited: Received | None
    """The reply that is credited to it."""
    previous_at: Milliseconds | None
    """When the touch before it in its streak was sent."""
    touches_before: int
    """How many touches the conversation has before it, of any attempt."""
    accepted: bool
    """This touch or one before it says that the creator accepted."""
    creator_has_written: bool
    """The creator wrote in this conversation before it."""
    timezone: str | None
    """The creator's time zone: its own, else the latest one given before it."""
    other_outreach_at: Milliseconds | None
    """For an opener: the last touch of other attempts that are in their outreach phase."""

    @property
    def outcome(self) -> tuple[object, ...]:
        """What the touch's row shows of it; the rest only matters to rules."""
        credited = self.credited
        return (
            self.sent,
            self.campaign_id,
            self.step,
            self.phase,
            self.opener.occurred_at,
            self.opens_attempt,
            credited and (credited.occurred_at, credited.reply_class),
        )

    @property
    def opens_attempt(self) -> bool:
        """Whether it is the first touch of its attempt."""
        return self.opener is self.sent or self.opener == self.sent


class InboundFacts(msgspec.Struct, frozen=True):
    """One message from the creator, with all that its conversation says about it."""

    received: Received
    is_reply: bool
    """A touch lies before it; otherwise it is an audience message."""
    campaign_id: CampaignId
    """That of the last touch before it; the empty id for an audience message."""
    credited_message_id: MessageId | None
    """The touch that it is credited to."""


class Walk(msgspec.Struct, frozen=True):
    """The facts of one conversation, in its order."""

    touches: tuple[TouchFacts, ...]
    inbound: tuple[InboundFacts, ...]
