"""What is wrong with a line of a log, told by the standard library alone.

It repeats the product's definition of an event on purpose: the example logs are judged by other
code than the one that reads them in production.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

TOUCHES = ("dm_sent", "follow_up")
TYPES = (*TOUCHES, "reply", "send_request")
PLATFORMS = ("instagram", "tiktok", "x", "linkedin")
KINDS = ("message", "story_reply", "story_mention", "quick_reply")

_OUTBOUND = {
    "campaign_id": str,
    "template_id": str,
    "creator_name": str,
    "creator_timezone": str,
    "creator_accepted": bool,
    "creator_follows": bool,
    "creator_followers": int,
    "creator_email_listed": bool,
    "creator_content": list,
}
_INBOUND = {"in_reply_to": str, "kind": str, "creator_follows": bool}


def fault(line: str) -> str | None:
    """Return what is wrong with a line, or None if it holds a valid event."""
    try:
        event = json.loads(line)
    except ValueError:
        return "not JSON"
    if not isinstance(event, dict):
        return "not an object"
    return _head_fault(event) or _time_fault(event.get("occurred_at")) or _optional_fault(event)


def moment(occurred_at: int | str) -> int:
    """Return a valid time in epoch milliseconds, rounded down."""
    if isinstance(occurred_at, int):
        return occurred_at
    time = datetime.fromisoformat(occurred_at)
    return int(time.replace(microsecond=0).timestamp()) * 1000 + time.microsecond // 1000


def _head_fault(event: dict[str, Any]) -> str | None:
    if event.get("type") not in TYPES:
        return "type"
    message = "request_id" if event["type"] == "send_request" else "message_id"
    for name in ("event_id", "account_id", "creator_id", message, "body"):
        value = event.get(name)
        if not isinstance(value, str) or not value:
            return name
        if any("\ud800" <= letter <= "\udfff" for letter in value):
            return f"{name} has half a surrogate pair"
    if len(event["body"]) > 20_000:
        return "body is too long"
    return None if event.get("platform") in PLATFORMS else "platform"


def _time_fault(value: object) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return None
    try:
        time = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        time = None
    return "occurred_at" if time is None or time.tzinfo is None else None


def _optional_fault(event: dict[str, Any]) -> str | None:
    optional = _INBOUND if event["type"] == "reply" else _OUTBOUND
    for name, kind in ({"workspace": str} | optional).items():
        value = event.get(name)
        if value is not None and type(value) is not kind:
            return name
    if not all(isinstance(caption, str) for caption in event.get("creator_content") or ()):
        return "creator_content"
    if (event.get("creator_followers") or 0) < 0:
        return "creator_followers"
    if event["type"] == "reply" and event.get("kind") not in (*KINDS, None, ""):
        return "kind"
    known = {"type", "event_id", "workspace", "occurred_at", "platform", "account_id", "creator_id"}
    unknown = event.keys() - known - {"message_id", "request_id", "body"} - optional.keys()
    return f"unknown fields {sorted(unknown)}" if unknown else None
