"""Lines of a log to begin with."""

from __future__ import annotations

import json
from typing import Any

from pipeline.events import Event
from pipeline.ingest import parse_line

TOUCH: dict[str, Any] = {
    "type": "dm_sent",
    "event_id": "event-1",
    "workspace": "northfold",
    "occurred_at": "2026-03-01T12:00:00.250Z",
    "platform": "instagram",
    "account_id": "account-1",
    "creator_id": "creator-1",
    "message_id": "message-1",
    "body": "Hi Maya",
    "campaign_id": "spring",
    "template_id": "short",
    "creator_name": "Maya",
    "creator_timezone": "Europe/Berlin",
    "creator_accepted": True,
    "creator_follows": False,
    "creator_followers": 12000,
    "creator_email_listed": True,
    "creator_content": ["Sourdough for beginners"],
}
REPLY: dict[str, Any] = {
    key: TOUCH[key]
    for key in ("event_id", "occurred_at", "platform", "account_id", "creator_id", "body")
} | {"type": "reply", "message_id": "message-2"}
REQUEST: dict[str, Any] = {key: value for key, value in TOUCH.items() if key != "message_id"} | {
    "type": "send_request",
    "request_id": "request-1",
}


def line(fields: dict[str, Any], /, *without: str, **changed: object) -> bytes:
    """Write fields as a line, some of them changed and some left out."""
    record = {key: value for key, value in (fields | changed).items() if key not in without}
    return json.dumps(record).encode()


def event(content: bytes) -> Event:
    """Read a line that must be an event."""
    parsed = parse_line(content)
    assert isinstance(parsed, Event), parsed
    return parsed
