"""Events as JSON lines, in every spelling that product.md allows."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from tests.reference._event import DM_SENT, FOLLOW_UP, REPLY, SEND_REQUEST, Event

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)

_OUTBOUND_FIELDS = (
    "campaign_id",
    "template_id",
    "creator_name",
    "creator_timezone",
    "creator_accepted",
    "creator_follows",
    "creator_followers",
    "creator_email_listed",
    "creator_content",
)
_FURTHER_FIELDS = {
    DM_SENT: _OUTBOUND_FIELDS,
    FOLLOW_UP: _OUTBOUND_FIELDS,
    SEND_REQUEST: _OUTBOUND_FIELDS,
    REPLY: ("in_reply_to", "kind", "creator_follows"),
}


def parse(line: str) -> Event:
    """Read a valid line; fields that its type does not have are left aside.

    Raises `KeyError` for a type that there is not or a field that may not be absent, and
    `ValueError` for a time without zone. It does not check all that a valid line must be.
    """
    fields = json.loads(line, parse_float=Decimal)
    present = {name: value for name, value in fields.items() if value not in (None, "", [])}
    further: dict[str, Any] = {name: present.get(name) for name in _FURTHER_FIELDS[present["type"]]}
    if "creator_content" in further:
        further["creator_content"] = tuple(further["creator_content"] or ())
    return Event(
        type=present["type"],
        event_id=present["event_id"],
        workspace=present.get("workspace", "default"),
        occurred_at=_milliseconds(present["occurred_at"]),
        platform=present["platform"],
        account_id=present["account_id"],
        creator_id=present["creator_id"],
        message_id=present[_message_field(present["type"])],
        body=present["body"],
        **further,
    )


def _message_field(event_type: str) -> str:
    return "request_id" if event_type == SEND_REQUEST else "message_id"


def _milliseconds(given: str | int | Decimal) -> int:
    if not isinstance(given, str):
        return math.floor(given)
    instant = datetime.fromisoformat(given)
    if instant.tzinfo is None:
        raise ValueError(f"{given!r} has no zone")
    return (instant - _EPOCH) // _MILLISECOND


def to_json_line(event: Event) -> str:
    """Write a line that `parse` reads as this event.

    How times and absent fields are spelt hangs on the event alone, and differs between events.
    """
    choice = zlib.crc32(repr(event).encode())
    named: dict[str, object] = {
        "type": event.type,
        "event_id": event.event_id,
        "occurred_at": spell_time(event.occurred_at, choice),
        "platform": event.platform,
        "account_id": event.account_id,
        "creator_id": event.creator_id,
        _message_field(event.type): event.message_id,
        "body": event.body,
    }
    if event.workspace != "default" or choice % 3:
        named["workspace"] = event.workspace
    for name in _FURTHER_FIELDS[event.type]:
        value = getattr(event, name)
        if value not in (None, ()):
            named[name] = value
        else:
            named.update(_spell_absent(name, zlib.crc32(name.encode(), choice)))
    return json.dumps(named, ensure_ascii=bool(choice % 2))


def _spell_absent(name: str, choice: int) -> Mapping[str, object]:
    empty: dict[str, object] = {"creator_content": []}
    is_text = name in {"campaign_id", "template_id", "creator_name", "creator_timezone"}
    is_text = is_text or name in {"in_reply_to", "kind"}
    spellings: tuple[Mapping[str, object], ...] = (
        {},
        {name: None},
        {name: empty.get(name, "" if is_text else None)},
    )
    return spellings[choice % len(spellings)]


def spell_time(moment: int, choice: int) -> str | int:
    """Write a time in one of the spellings whose milliseconds, rounded down, are `moment`."""
    instant = _EPOCH + timedelta(milliseconds=moment)
    later = instant + timedelta(microseconds=choice % 1000)
    kolkata = timezone(timedelta(hours=5, minutes=30))
    los_angeles = timezone(-timedelta(hours=8))
    spellings: tuple[str | int, ...] = (
        moment,
        instant.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        later.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        instant.astimezone(kolkata).isoformat(timespec="milliseconds"),
        later.astimezone(los_angeles).isoformat(timespec="microseconds"),
        instant.isoformat(),
    )
    return spellings[choice % len(spellings)]
