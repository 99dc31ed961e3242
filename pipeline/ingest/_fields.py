"""Reading the fields of an event one by one, so as to say which of them is wrong, and why.

What this accepts is what an event is; `parse_line` only takes a shorter way to the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from pipeline.events import (
    AccountId,
    CampaignId,
    CreatorId,
    EventId,
    EventType,
    InboundKind,
    MessageId,
    Milliseconds,
    Platform,
    TemplateId,
    WorkspaceId,
)
from pipeline.ingest._moments import moment_of_number, parse_moment
from pipeline.ingest._rejection import RefusedError, describe
from pipeline.ingest._wire import LARGEST_COUNT, LONGEST_BODY, LONGEST_ID, TIMEZONES, Wire

_Choice = TypeVar("_Choice", bound=StrEnum)
_Record = Mapping[str, object]


def read_fields(record: _Record) -> Wire:
    """Return the fields that the type of the event has; others that stand there are ignored.

    Raises RefusedError for the first that is missing or wrong.
    """
    type_ = _required_choice(record, "type", EventType)
    wire = Wire(
        type=type_,
        event_id=EventId(_required_id(record, "event_id")),
        occurred_at=_moment(record),
        platform=_required_choice(record, "platform", Platform),
        account_id=AccountId(_required_id(record, "account_id")),
        creator_id=CreatorId(_required_id(record, "creator_id")),
        body=_body(record),
        workspace=WorkspaceId(_optional_id(record, "workspace")),
    )
    if type_ is EventType.SEND_REQUEST:
        wire.request_id = MessageId(_required_id(record, "request_id"))
    else:
        wire.message_id = MessageId(_required_id(record, "message_id"))
    wire.creator_follows = _truth(record, "creator_follows")
    if type_ is EventType.REPLY:
        wire.in_reply_to = MessageId(_optional_id(record, "in_reply_to"))
        wire.kind = _optional_choice(record, "kind", InboundKind)
    else:
        _read_outbound(record, wire)
    return wire


def _read_outbound(record: _Record, wire: Wire) -> None:
    wire.campaign_id = CampaignId(_optional_id(record, "campaign_id"))
    wire.template_id = TemplateId(_optional_id(record, "template_id"))
    wire.creator_name = _optional_text(record, "creator_name")
    wire.creator_timezone = _timezone(record)
    wire.creator_accepted = _truth(record, "creator_accepted")
    wire.creator_followers = _count(record, "creator_followers")
    wire.creator_email_listed = _truth(record, "creator_email_listed")
    wire.creator_content = _content(record)


def _required(record: _Record, field: str) -> object:
    value = record.get(field)
    if value is None or value == "":
        found = "empty" if value == "" else "null" if field in record else "missing"
        raise RefusedError(field, f"is {found}; every event of this type needs it")
    return value


def _required_choice(record: _Record, field: str, choices: type[_Choice]) -> _Choice:
    return _choice(field, _required(record, field), choices)


def _optional_choice(record: _Record, field: str, choices: type[_Choice]) -> _Choice | None:
    value = record.get(field)
    return None if value is None or value == "" else _choice(field, value, choices)


def _choice(field: str, value: object, choices: type[_Choice]) -> _Choice:
    for choice in choices:
        if value == choice.value:
            return choice
    allowed = ", ".join(choice.value for choice in choices)
    raise RefusedError(field, f"is {describe(value)}; it must be one of {allowed}")


def _text(field: str, value: object) -> str:
    if not isinstance(value, str):
        raise RefusedError(field, f"is {describe(value)}, not text; put it in quotation marks")
    return value


def _optional_text(record: _Record, field: str) -> str:
    value = record.get(field)
    return "" if value is None else _text(field, value)


def _required_id(record: _Record, field: str) -> str:
    return _checked_id(field, _text(field, _required(record, field)))


def _optional_id(record: _Record, field: str) -> str:
    return _checked_id(field, _optional_text(record, field))


def _checked_id(field: str, text: str) -> str:
    if len(text) > LONGEST_ID:
        raise RefusedError(
            field, f"has {len(text)} characters; an id has at most {LONGEST_ID}, so shorten it"
        )
    return text


def _body(record: _Record) -> str:
    text = _text("body", _required(record, "body"))
    if len(text) > LONGEST_BODY:
        raise RefusedError(
            "body", f"has {len(text)} characters; a message has at most {LONGEST_BODY}, so cut it"
        )
    return text


def _moment(record: _Record) -> Milliseconds:
    value = _required(record, "occurred_at")
    try:
        match value:
            case bool():
                pass
            case str():
                return parse_moment(value)
            case int() | Decimal():
                return moment_of_number(value)
    except ValueError as error:
        raise RefusedError("occurred_at", f"is {describe(value)}, which {error}") from None
    raise RefusedError(
        "occurred_at",
        f"is {describe(value)}; write ISO 8601 text with a zone, or epoch milliseconds as a number",
    )


def _truth(record: _Record, field: str) -> bool | None:
    value = record.get(field)
    if value is None or value == "":
        return None
    if not isinstance(value, bool):
        raise RefusedError(field, f"is {describe(value)}; write true or false, unquoted")
    return value


def _count(record: _Record, field: str) -> int | None:
    value = record.get(field)
    if value is None or value == "":
        return None
    if (
        isinstance(value, bool)
        or not isinstance(value, int | Decimal)
        or not 0 <= value <= LARGEST_COUNT
        or value != int(value)
    ):
        raise RefusedError(field, f"is {describe(value)}; write a whole number, 0 or greater")
    return int(value)


def _timezone(record: _Record) -> str:
    name = _optional_text(record, "creator_timezone")
    if name and name not in TIMEZONES:
        raise RefusedError(
            "creator_timezone",
            f"is {describe(name)}, which is no IANA time zone; write one such as Europe/Berlin",
        )
    return name


def _content(record: _Record) -> str | list[str | None] | None:
    field = "creator_content"
    value = record.get(field)
    if value is None or isinstance(value, str):
        return value
    if not isinstance(value, list | tuple):
        raise RefusedError(field, f"is {describe(value)}; write a list of texts")
    return [
        None if text is None else _text(f"{field}[{place}]", text)
        for place, text in enumerate(value)
    ]
