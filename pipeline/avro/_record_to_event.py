"""The event that a decoded record holds.

Not all that comes by Kafka came through our ingest. So what the product relies on is checked
here too: what is refused becomes a dead letter, what is taken stops nothing further on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn
from zoneinfo import available_timezones

from pipeline.avro._errors import DecodeError, DecodeFailure
from pipeline.avro._sealable import open_text
from pipeline.events import (
    EventType,
    Inbound,
    InboundKind,
    Milliseconds,
    Outbound,
    Platform,
    WorkspaceId,
)

LATEST = Milliseconds(10_413_791_999_999)
"""2299-12-31T23:59:59.999Z; no event happens later, and none before 1970."""
LONGEST_ID = 512
LONGEST_BODY = 20_000
"""In code points."""
DEFAULT_WORKSPACE = WorkspaceId("default")

_Record = Mapping[str, Any]

_PLATFORMS = {platform.value: platform for platform in Platform}
_KINDS = {kind.value: kind for kind in InboundKind} | {"": InboundKind.MESSAGE}
_TIMEZONES = frozenset(available_timezones())


def outbound_of(type_: EventType, record: _Record) -> Outbound:
    """Return the outbound event of this type; raises DecodeError, which names the field."""
    identity = "request_id" if type_ is EventType.SEND_REQUEST else "message_id"
    timezone = record["creator_timezone"] or None
    if timezone is not None and timezone not in _TIMEZONES:
        _unknown("creator_timezone", timezone)
    followers = record["creator_followers"]
    if followers is not None and followers < 0:
        raise DecodeError(DecodeFailure.OUT_OF_RANGE, field="creator_followers")
    name = record["creator_name"]
    return Outbound(
        type=type_,
        event_id=_id(record, "event_id"),
        workspace=_optional_id(record, "workspace") or DEFAULT_WORKSPACE,
        occurred_at=_moment(record["occurred_at"]),
        platform=_platform(record["platform"]),
        account_id=_id(record, "account_id"),
        creator_id=_id(record, "creator_id"),
        message_id=_id(record, identity),
        body=_body(record),
        campaign_id=_optional_id(record, "campaign_id"),
        template_id=_optional_id(record, "template_id"),
        creator_name=(open_text(name, field="creator_name") or None) if name else None,
        creator_timezone=timezone,
        creator_accepted=record["creator_accepted"],
        creator_follows=record["creator_follows"],
        creator_followers=followers,
        creator_email_listed=record["creator_email_listed"],
        creator_content=tuple(filter(None, record["creator_content"])),
    )


def inbound_of(type_: EventType, record: _Record) -> Inbound:
    """Return the inbound event of this type; raises DecodeError, which names the field."""
    kind = _KINDS.get(record["kind"])
    if kind is None:
        _unknown("kind", record["kind"], InboundKind)
    return Inbound(
        type=type_,
        event_id=_id(record, "event_id"),
        workspace=_optional_id(record, "workspace") or DEFAULT_WORKSPACE,
        occurred_at=_moment(record["occurred_at"]),
        platform=_platform(record["platform"]),
        account_id=_id(record, "account_id"),
        creator_id=_id(record, "creator_id"),
        message_id=_id(record, "message_id"),
        body=_body(record),
        in_reply_to=_optional_id(record, "in_reply_to"),
        kind=kind,
        creator_follows=record["creator_follows"],
    )


# The ids below are Any: each goes into the id type of the field that it is read for.


def _id(record: _Record, field: str) -> Any:  # noqa: ANN401 - see above
    text = _optional_id(record, field)
    if text is None:
        raise DecodeError(DecodeFailure.MISSING, field=field)
    return text


def _optional_id(record: _Record, field: str) -> Any:  # noqa: ANN401 - see above
    text = record[field]
    if not text:
        return None
    if len(text) > LONGEST_ID:
        _too_long(field, len(text), LONGEST_ID)
    return text


def _moment(moment: int) -> Milliseconds:
    if not 0 <= moment <= LATEST:
        raise DecodeError(
            DecodeFailure.OUT_OF_RANGE, field="occurred_at", detail="1970-01-01 to 2299-12-31"
        )
    return Milliseconds(moment)


def _platform(name: str) -> Platform:
    platform = _PLATFORMS.get(name)
    if platform is None:
        _unknown("platform", name, Platform)
    return platform


def _body(record: _Record) -> str:
    text = open_text(record["body"], field="body")
    if not text:
        raise DecodeError(DecodeFailure.MISSING, field="body")
    if len(text) > LONGEST_BODY:
        _too_long("body", len(text), LONGEST_BODY)
    return text


def _too_long(field: str, length: int, longest: int) -> NoReturn:
    detail = f"{length} characters of at most {longest}"
    raise DecodeError(DecodeFailure.TOO_LONG, field=field, detail=detail)


def _unknown(field: str, value: str, known: Iterable[str] = ()) -> NoReturn:
    names = ", ".join(known)
    detail = f"{value[:40]!r} is none of {names}" if names else f"{value[:40]!r}"
    raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field=field, detail=detail)
