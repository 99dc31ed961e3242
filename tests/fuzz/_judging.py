"""What product.md and the schemas say of a record: of use, or not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from zoneinfo import available_timezones

from pipeline.topics import Topic
from tests.fuzz._published import Record, read_strictly
from tests.reference.model import Event

LATEST = 10_413_791_999_999
"""2299-12-31T23:59:59.999Z."""
LARGEST_EVENT = 1024 * 1024
_LARGEST_STEP = 2**31 - 1
_HUNDRED = 100
_PLATFORMS = {"instagram", "tiktok", "x", "linkedin"}
_PHASES = {"outreach", "conversation"}
_KINDS = {"message", "story_reply", "story_mention", "quick_reply"}
_ZONES = available_timezones()

SCHEMA_OF: Mapping[Topic, str] = {
    Topic.DM_SENT: "dm-sent",
    Topic.FOLLOW_UPS: "follow-up",
    Topic.REPLIES: "reply",
    Topic.SEND_REQUESTS: "send-request",
    Topic.POLICIES: "policy",
    Topic.PAUSES: "pause",
    Topic.TOUCHES: "touch",
    Topic.VIOLATIONS: "violation",
    Topic.REPLY_OUTCOMES: "reply-outcome",
    Topic.AUDIENCE_MESSAGES: "audience-message",
    Topic.RATE_CELLS: "rate-cells",
    Topic.CREATOR_CONTACTS: "creator-contacts",
    Topic.CAMPAIGN_TOUCHES: "campaign-touch",
    Topic.WORKSPACE_ANSWERS: "workspace-answers",
    Topic.CAMPAIGN_RISK: "campaign-risk",
    Topic.ALERTS: "alert",
    Topic.DEAD_LETTERS: "dead-letter",
}
"""What belongs into each topic that an agent reads."""
_EVENT_TYPES = {
    Topic.DM_SENT: "dm_sent",
    Topic.FOLLOW_UPS: "follow_up",
    Topic.REPLIES: "reply",
    Topic.SEND_REQUESTS: "send_request",
}
EVENT_TOPICS = tuple(_EVENT_TYPES)


class _UselessError(Exception):
    """The record cannot be used."""


def judge(topic: Topic, value: bytes | None) -> Event | Record | None:
    """Return the event that a value is, or the record of another topic; None if it is of no use."""
    found = read_strictly(value or b"")
    if value is None or found is None or found[0] != SCHEMA_OF[topic]:
        return None
    try:
        if topic in _EVENT_TYPES:
            _need(len(value) <= LARGEST_EVENT)
            return _event(_EVENT_TYPES[topic], found[1])
        return _CHECKS[topic](found[1])
    except _UselessError:
        return None


def _need(condition: object) -> None:
    if not condition:
        raise _UselessError


def _event(type_: str, record: Record) -> Event:
    message = "request_id" if type_ == "send_request" else "message_id"
    optional = ("campaign_id", "template_id") if type_ != "reply" else ("in_reply_to",)
    names = ("event_id", "account_id", "creator_id", message)
    texts = {name: record.get(name) or None for name in (*names, *optional, "workspace")}
    for text in texts.values():
        _need(text is None or len(text) <= 512)
    _need(all(texts[name] for name in names))
    _need(0 <= record["occurred_at"] <= LATEST)
    _need(record["platform"] in _PLATFORMS)
    body = _opened(record["body"])
    _need(0 < len(body) <= 20_000)
    further = _inbound(record) if type_ == "reply" else _outbound(record)
    further |= {name: texts[name] for name in optional}
    return Event(
        type=type_,
        event_id=texts["event_id"] or "",
        workspace=texts["workspace"] or "default",
        occurred_at=record["occurred_at"],
        platform=record["platform"],
        account_id=texts["account_id"] or "",
        creator_id=texts["creator_id"] or "",
        message_id=texts[message] or "",
        body=body,
        creator_follows=record["creator_follows"],
        **further,
    )


def _inbound(record: Record) -> dict[str, Any]:
    _need(not record["kind"] or record["kind"] in _KINDS)
    return {"kind": record["kind"] or None}


def _outbound(record: Record) -> dict[str, Any]:
    zone, name = record["creator_timezone"] or None, record["creator_name"]
    _need(zone is None or zone in _ZONES)
    followers = record["creator_followers"]
    _need(followers is None or followers >= 0)
    return {
        "creator_name": (_opened(name) or None) if name is not None else None,
        "creator_timezone": zone,
        "creator_accepted": record["creator_accepted"],
        "creator_followers": followers,
        "creator_email_listed": record["creator_email_listed"],
        "creator_content": tuple(text for text in record["creator_content"] if text),
    }


def _opened(sealable: Record) -> str:
    _need(sealable["key_id"] is None)
    try:
        return str(sealable["bytes"], "utf-8")
    except UnicodeDecodeError:
        raise _UselessError from None


def _row(record: Record) -> Record:
    """Check what a table takes as it is."""
    moments = ("sent_at", "attempt_started_at", "received_at", "replied_at", "at", "replayed_at")
    for name in (*moments, "updated_at", "opened_at", "resolved_at"):
        _need(record.get(name) is None or 0 <= record[name] <= LATEST)
    _need(0 <= record.get("step", 0) <= _LARGEST_STEP)
    _need(0 <= record.get("sequence", 0) <= _LARGEST_STEP)
    for name in ("quality", "risk", "highest"):
        _need(record.get(name) is None or 0 <= record[name] <= _HUNDRED)
    if isinstance(record.get("signals"), list):
        for signal in record["signals"]:
            _opened(signal["evidence"])
    for example in record.get("evidence", []):
        _opened(example["words"])
    return record | ({"body": _opened(record["body"])} if "body" in record else {})


def _cells(record: Record) -> Record:
    for cell in (*record["response_cells"], *record["step_cells"]):
        _need(0 <= cell["hour"] <= LATEST)
        _need(cell.get("step", 0) >= 0)
    return record


def _contacts(record: Record) -> Record:
    for contact in record["contacts"]:
        _need(contact["platform"] in _PLATFORMS)
        _need(all(touch["withdrawn"] or touch["phase"] in _PHASES for touch in contact["touches"]))
    return record


def _campaign(record: Record) -> Record:
    for touch in record["touches"]:
        _need(touch["platform"] in _PLATFORMS)
        _need(touch["phase"] in _PHASES)
    return record


def _pause(record: Record) -> Record:
    _need(0 <= record["at"] <= LATEST)
    _need(record["by"] in {"person", "risk"})
    return record | {"name": _opened(record["name"])}


def _anything(record: Record) -> Record:
    return record


def _never(_: Record) -> Record:
    raise _UselessError


_CHECKS: Mapping[Topic, Callable[[Record], Record]] = {
    Topic.POLICIES: _never,
    Topic.PAUSES: _pause,
    Topic.TOUCHES: _row,
    Topic.VIOLATIONS: _row,
    Topic.REPLY_OUTCOMES: _row,
    Topic.AUDIENCE_MESSAGES: _row,
    Topic.RATE_CELLS: _cells,
    Topic.CREATOR_CONTACTS: _contacts,
    Topic.CAMPAIGN_TOUCHES: _campaign,
    Topic.WORKSPACE_ANSWERS: _anything,
    Topic.CAMPAIGN_RISK: _row,
    Topic.ALERTS: _row,
    Topic.DEAD_LETTERS: _row,
}
"""No policy is sent whose document is one: it would change what is found in all else."""
