"""What does not fit its schema, and where."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import avro.schema

from pipeline.avro._source import other_than_null

_BITS = {avro.schema.INT: 32, avro.schema.LONG: 64}


class MisfitError(Exception):
    """A value does not fit its type: where (`touches[2].sent_at`), and what is wrong with it."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def within(self, outer: str) -> MisfitError:
        """Return the same, seen from the record or array around it."""
        separator = "." if self.path and not self.path.startswith("[") else ""
        return MisfitError(f"{outer}{separator}{self.path}", self.reason)


def misfit_in(schema: avro.schema.Schema, value: object) -> MisfitError | None:
    """Return the first thing about a value that does not fit; None when all of it does.

    The schema is one that `compile_writer` takes.
    """
    return _BY_TYPE[schema.type](schema, value)


def _in_record(schema: avro.schema.RecordSchema, value: object) -> MisfitError | None:
    if not isinstance(value, Mapping):
        return _other_type("a record", value)
    names = {field.name for field in schema.fields}
    for name in sorted(names - value.keys()):
        return MisfitError(name, "is missing")
    for name in value:
        if name not in names:
            return MisfitError(str(name), "is no field of it")
    for field in schema.fields:
        misfit = misfit_in(field.type, value[field.name])
        if misfit is not None:
            return misfit.within(field.name)
    return None


def _in_array(schema: avro.schema.ArraySchema, value: object) -> MisfitError | None:
    if not isinstance(value, list | tuple):
        return _other_type("a list", value)
    for index, item in enumerate(value):
        misfit = misfit_in(schema.items, item)
        if misfit is not None:
            return misfit.within(f"[{index}]")
    return None


def _in_nullable(schema: avro.schema.UnionSchema, value: object) -> MisfitError | None:
    return None if value is None else misfit_in(other_than_null(schema), value)


def _in_text(_: avro.schema.Schema, value: object) -> MisfitError | None:
    if not isinstance(value, str):
        return _other_type("text", value)
    try:
        value.encode()
    except UnicodeEncodeError:
        return MisfitError("", "holds half of a surrogate pair")
    return None


def _in_bytes(_: avro.schema.Schema, value: object) -> MisfitError | None:
    return None if isinstance(value, bytes) else _other_type("bytes", value)


def _in_boolean(_: avro.schema.Schema, value: object) -> MisfitError | None:
    return None if isinstance(value, bool) else _other_type("true or false", value)


def _in_number(schema: avro.schema.Schema, value: object) -> MisfitError | None:
    bits = _BITS[schema.type]
    if not isinstance(value, int) or isinstance(value, bool):
        return _other_type("a whole number", value)
    if not -(1 << bits - 1) <= value < 1 << bits - 1:
        return MisfitError("", f"does not fit into {bits} bits")
    return None


def _other_type(wanted: str, value: object) -> MisfitError:
    found = "null" if value is None else type(value).__name__
    return MisfitError("", f"must be {wanted}, not {found}")


_BY_TYPE: dict[str, Callable[[Any, object], MisfitError | None]] = {
    avro.schema.STRING: _in_text,
    avro.schema.BYTES: _in_bytes,
    avro.schema.BOOLEAN: _in_boolean,
    avro.schema.INT: _in_number,
    avro.schema.LONG: _in_number,
    avro.schema.RECORD: _in_record,
    avro.schema.ARRAY: _in_array,
    avro.schema.UNION: _in_nullable,
}
