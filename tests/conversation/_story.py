"""Short ways to tell a conversation and to ask what it makes of its messages."""

from __future__ import annotations

from pipeline.conversation import (
    Conversation,
    Entry,
    InboundFacts,
    Received,
    Sent,
    TouchFacts,
    Walk,
    walk,
)
from pipeline.events import CampaignId, EventId, MessageId, Milliseconds, TemplateId
from pipeline.replies import ReplyClass

NOON = 1_704_801_600_000
"""2024-01-09T12:00:00Z, far from the quiet hours in UTC."""


def sent(
    message_id: str,
    at: int,
    campaign_id: str | None = "spring",
    *,
    event_id: str | None = None,
    template_id: str = "",
    timezone: str | None = None,
    accepted: bool = False,
) -> Entry:
    """Return a touch of campaign `spring`, unless told otherwise."""
    return Sent(
        occurred_at=Milliseconds(at),
        event_id=EventId(event_id or message_id),
        message_id=MessageId(message_id),
        campaign_id=None if campaign_id is None else CampaignId(campaign_id),
        template_id=TemplateId(template_id),
        timezone=timezone,
        accepted=accepted,
    )


def received(
    message_id: str,
    at: int,
    reply_class: ReplyClass = ReplyClass.NEUTRAL,
    *,
    event_id: str | None = None,
) -> Entry:
    """Return a message from the creator."""
    return Received(
        Milliseconds(at), EventId(event_id or message_id), MessageId(message_id), reply_class
    )


def conversation(*entries: Entry) -> Conversation:
    """Return the conversation of messages that came in any order."""
    return Conversation().changed(without=set(), plus=list(entries))


def told(*entries: Entry) -> Walk:
    """Return what a walk finds out about messages that came in any order."""
    return walk(conversation(*entries).entries)


def touches(*entries: Entry) -> dict[str, TouchFacts]:
    """Return the facts of the touches by message id."""
    return {facts.sent.message_id: facts for facts in told(*entries).touches}


def inbound(*entries: Entry) -> dict[str, InboundFacts]:
    """Return the facts of the creator's messages by message id."""
    return {facts.received.message_id: facts for facts in told(*entries).inbound}


def steps(*entries: Entry) -> dict[str, int]:
    """Return the step of each touch."""
    return {message_id: facts.step for message_id, facts in touches(*entries).items()}


def phases(*entries: Entry) -> dict[str, str]:
    """Return the phase of each touch."""
    return {message_id: facts.phase.value for message_id, facts in touches(*entries).items()}


def credits_of(*entries: Entry) -> dict[str, str | None]:
    """Return, for each message of the creator, the touch that it is credited to.

    Holds that the touch knows of it, too.
    """
    of_touches = {
        facts.credited.message_id: message_id
        for message_id, facts in touches(*entries).items()
        if facts.credited is not None
    }
    of_inbound: dict[str, str | None] = {
        message_id: facts.credited_message_id for message_id, facts in inbound(*entries).items()
    }
    assert {key: value for key, value in of_inbound.items() if value is not None} == of_touches
    return of_inbound
