"""Personal text, in the record in which it can be sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from pipeline.avro._errors import DecodeError, DecodeFailure

_SHOWN = 100


class Sealable(TypedDict):
    """The record `Sealable` of the schemas."""

    bytes: bytes
    """The text as UTF-8, or its ciphertext."""
    key_id: str | None
    """The key that opens the bytes; None when they are not sealed."""


def seal_plain(text: str) -> Sealable:
    """Return the record of a text that is not sealed.

    Raises UnicodeEncodeError for half of a surrogate pair, which no text has.

    >>> open_text(seal_plain("Grüße"))
    'Grüße'
    """
    return {"bytes": text.encode(), "key_id": None}


def open_text(sealable: Mapping[str, Any] | Sealable, *, field: str = "") -> str:
    """Return the text of a decoded record.

    Raises DecodeError, which names the field, when the text is sealed or not UTF-8.
    """
    if sealable["key_id"] is not None:
        # A key's id may have any length, a reason may not.
        detail = f"key {sealable['key_id'][:_SHOWN]}"
        raise DecodeError(DecodeFailure.SEALED, field=field, detail=detail)
    try:
        return str(sealable["bytes"], "utf-8")
    except UnicodeDecodeError as error:
        raise DecodeError(DecodeFailure.NOT_UTF8, field=field) from error
