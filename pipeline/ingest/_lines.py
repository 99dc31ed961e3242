"""One line of a log: an event, or why it is none."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import msgspec

from pipeline.events import Event
from pipeline.ingest._fields import read_fields
from pipeline.ingest._rejection import RefusedError, Rejection, describe, printable
from pipeline.ingest._wire import Wire, event_of

LONGEST_LINE = 1024 * 1024
"""In bytes, with its line ending."""

_decode = msgspec.json.Decoder(Wire).decode
_MOST_DIGITS = 20


def parse_line(line: bytes) -> Event | Rejection | None:
    """Return the event that one line of JSON holds, or why it holds none; None for a blank line.

    Bytes of every kind get an answer; it raises nothing. Fields that the event's type does not have
    are ignored, and of a field that stands twice the last counts.

    >>> parse_line(b'{"type": "reply"}')
    Rejection(field='event_id', reason='is missing; every event of this type needs it')
    """
    if len(line) > LONGEST_LINE:
        return Rejection("", f"is longer than {LONGEST_LINE} bytes; write one event a line")
    try:
        if not line.isascii():
            # msgspec skips fields that no event has without looking at their encoding.
            line.decode()
        return event_of(_decode(line))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return _parse_carefully(line)


def parse_fields(record: Mapping[str, object]) -> Event | Rejection:
    """Return the event that these fields make, as `parse_line` does once it has them.

    The values are those of JSON: text, bool, int or Decimal (no float: it has been rounded), lists
    and None.
    """
    try:
        return event_of(read_fields(record))
    except RefusedError as refused:
        return refused.rejection


def _parse_carefully(line: bytes) -> Event | Rejection | None:
    if not line.strip():
        return None
    try:
        return parse_fields(_read_object(line))
    except RefusedError as refused:
        return refused.rejection
    except RecursionError:
        return Rejection("", "is nested too deeply; an event holds texts, numbers and one list")


def _read_object(line: bytes) -> dict[str, object]:
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(
            "",
            f"is no UTF-8: byte 0x{line[error.start]:02x} at position {error.start}; "
            "save the file as UTF-8",
        ) from None
    try:
        record: Any = json.loads(
            text, parse_int=_read_number, parse_float=_read_number, parse_constant=_refuse_constant
        )
    except ValueError as error:
        raise RefusedError("", f"is no JSON ({error}); write one object a line") from None
    if not isinstance(record, dict):
        raise RefusedError("", f"is {describe(record)}; write one JSON object a line")
    if "\\u" in text:
        _refuse_lone_surrogates(record)
    return record


def _read_number(text: str) -> int | Decimal:
    """Read a number without rounding it, however large, and without writing out its zeros."""
    if len(text) <= _MOST_DIGITS and text.lstrip("-").isdigit():
        return int(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("Infinity")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _refuse_lone_surrogates(record: dict[str, object]) -> None:
    """Refuse text that no encoding can write: half of a pair of UTF-16 escapes."""
    for field, value in record.items():
        try:
            json.dumps({field: value}, ensure_ascii=False, default=str).encode()
        except UnicodeEncodeError:
            raise RefusedError(
                printable(field),
                "holds half of a UTF-16 pair (an escape from \\ud800 to \\udfff by itself); "
                "write the whole character",
            ) from None
