"""Short ways to tell a story of messages and to ask what follows from it."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from tests.reference._bodies import classify_known
from tests.reference.model import (
    SECOND,
    Event,
    Limits,
    ReplyRow,
    Result,
    TouchRow,
    compute,
    default_limits,
)

OPT_OUT = "Please stop messaging me."
POSITIVE = "Yes, I would love to work together! Here is my media kit."


class Fields(TypedDict, total=False):
    """Those fields of an event that a story may change."""

    type: str
    event_id: str
    workspace: str
    platform: str
    account_id: str
    creator_id: str
    body: str
    campaign_id: str | None
    template_id: str | None
    creator_timezone: str | None
    creator_accepted: bool | None
    creator_followers: int | None
    creator_email_listed: bool | None
    in_reply_to: str | None
    kind: str | None


def moment(iso: str) -> int:
    """Return the milliseconds since 1970 of an ISO time with zone."""
    return round(datetime.fromisoformat(iso).timestamp() * SECOND)


NOON = moment("2024-01-09T12:00:00Z")
"""Far from the quiet hours in UTC."""


def touch(message_id: str, at: int, **fields: Unpack[Fields]) -> Event:
    """Return a touch of campaign `spring` to one creator on LinkedIn, unless told otherwise."""
    return _event(at, message_id, {"type": "dm_sent", "campaign_id": "spring", **fields})


def reply(message_id: str, at: int, **fields: Unpack[Fields]) -> Event:
    """Return an inbound message of the same creator, unless told otherwise."""
    return _event(at, message_id, {"type": "reply", "body": "Who is this?", **fields})


def _event(at: int, message_id: str, fields: Fields) -> Event:
    defaults: Fields = {
        "event_id": message_id,
        "workspace": "default",
        "platform": "linkedin",
        "account_id": "a1",
        "creator_id": "c1",
        "body": "Hi Ana",
    }
    complete: Fields = {**defaults, **fields}
    return Event(occurred_at=at, message_id=message_id, **complete)


def derive(*events: Event) -> Result:
    """Return all that follows under the default limits."""
    return compute(events, classify_known)


def touches(*events: Event) -> dict[str, TouchRow]:
    """Return the touches by message id."""
    return {key[3]: row for key, row in derive(*events).touches.items()}


def replies(*events: Event) -> dict[str, ReplyRow]:
    """Return the replies by message id."""
    return {key[3]: row for key, row in derive(*events).replies.items()}


def steps(*events: Event) -> dict[str, int]:
    """Return the step of each touch by message id."""
    return {message_id: row.step for message_id, row in touches(*events).items()}


def phases(*events: Event) -> dict[str, str]:
    """Return the phase of each touch by message id."""
    return {message_id: row.phase for message_id, row in touches(*events).items()}


def credits_of(*events: Event) -> dict[str, str | None]:
    """Return, for each reply, the message id of the touch that it is credited to."""
    return {message_id: row.credited_message_id for message_id, row in replies(*events).items()}


def breaking(
    rule: str, *events: Event, limits: Limits | None = None, account_timezone: str | None = None
) -> set[str]:
    """Return the ids of the messages that break a rule."""
    result = compute(
        events,
        classify_known,
        default_limits if limits is None else lambda *_: limits,
        lambda *_: account_timezone,
    )
    return {key[3] for key in result.violations if key[4] == rule}
