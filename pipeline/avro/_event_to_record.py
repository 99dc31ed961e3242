"""An event as the record of its schema."""

from __future__ import annotations

from pipeline.avro._sealable import Sealable, seal_plain
from pipeline.events import Event, EventType, Inbound, Outbound


def record_of(event: Event) -> dict[str, object]:
    """Return the fields of the event's schema.

    Written out by hand, one dictionary a class: a loop over the fields would take longer than
    the encoding. Raises UnicodeEncodeError for a body or name with half of a surrogate pair.
    """
    if isinstance(event, Outbound):
        return _outbound(event)
    assert isinstance(event, Inbound), "an event is outbound or inbound"
    return _inbound(event)


def _outbound(event: Outbound) -> dict[str, object]:
    identity = "request_id" if event.type is EventType.SEND_REQUEST else "message_id"
    return {
        "event_id": event.event_id,
        "workspace": event.workspace,
        "occurred_at": event.occurred_at,
        "platform": event.platform,
        "account_id": event.account_id,
        "creator_id": event.creator_id,
        identity: event.message_id,
        "body": seal_plain(event.body),
        "campaign_id": event.campaign_id,
        "template_id": event.template_id,
        "creator_name": _optional(event.creator_name),
        "creator_timezone": event.creator_timezone,
        "creator_accepted": event.creator_accepted,
        "creator_follows": event.creator_follows,
        "creator_followers": event.creator_followers,
        "creator_email_listed": event.creator_email_listed,
        "creator_content": event.creator_content,
    }


def _inbound(event: Inbound) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "workspace": event.workspace,
        "occurred_at": event.occurred_at,
        "platform": event.platform,
        "account_id": event.account_id,
        "creator_id": event.creator_id,
        "message_id": event.message_id,
        "body": seal_plain(event.body),
        "kind": event.kind,
        "creator_follows": event.creator_follows,
        "in_reply_to": event.in_reply_to,
    }


def _optional(text: str | None) -> Sealable | None:
    return None if text is None else seal_plain(text)
