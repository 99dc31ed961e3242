"""Reading the records of feeds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
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
        found: Code = _by_value(kind)[item[field]]
    except KeyError:
        raise DecodeError(DecodeFailure.UNKNOWN_VALUE, field=field) from None
    return found


@cache
def _by_value(kind: type[StrEnum]) -> Mapping[str, Any]:
    """Return the members of a kind: looking one up here takes a fifth of the time of a call."""
    return {member.value: member for member in kind}
