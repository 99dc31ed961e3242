"""Reading the records of feeds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeVar

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode

Item = dict[str, Any]
Code = TypeVar("Code", bound=StrEnum)


def read_record(value: bytes, name: SchemaName) -> Item:
    """Return the record of this schema. Raises DecodeError, also where it is another one."""
    found, record = decode(value)
    if found is not name:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, detail=f"a {found}, not a {name}")
    return record


def read_enum(kind: type[Code], item: Item, field: str) -> Code:
    """Return the value that a field names. Raises DecodeError, which names the field."""
    try:
        return kind(item[field])
    except ValueError:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field=field) from None
