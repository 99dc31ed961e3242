"""Checking bytes against their schema before fastavro reads them.

fastavro takes more than Avro has: 2 as true, an int of 40 bits, a long of 70 whose upper bits it
drops, -1 as the last branch of a union. And what a schema of others may ask of it has no bound: an
array of 2**62 nulls takes eleven bytes, and a record that holds itself may end the process. So a
schema is compiled here, once, into functions that walk over a value in a time that its bytes bound,
and refuse what no writer of Avro writes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import avro.schema

Check = Callable[[bytes, int], int]
"""Takes the bytes and where a value begins, and returns where it ends.

Raises GarbledError, or IndexError at the end of the bytes; what it returns may lie beyond that end.
"""

_MORE = 0x80
_SEVEN_BITS = 0x7F
_LONG_BYTES, _LAST_OF_LONG = 10, 0x01
_INT_BYTES, _LAST_OF_INT = 5, 0x0F
_TRUE = 1
_SECOND_BRANCH = 2
"""As it is written."""
_HIGHEST = 64


class GarbledError(Exception):
    """The bytes are no value of their schema."""


class UnboundedError(Exception):
    """Few bytes of a schema may take ever so long to read; the text says why."""


class _Compiled(NamedTuple):
    check: Check
    height: int
    """How many records, lists and unions lie around its innermost value."""


_Records = dict[str, _Compiled | None]
"""What was compiled so far, by its full name; None for a record that is not done."""


def compile_check(schema: avro.schema.Schema) -> Check:
    """Return the function that checks values of this schema.

    Raises UnboundedError for a record that holds itself, for values that take no bytes, and for
    nesting that is too deep.
    """
    return _compile(schema, {}).check


def _compile(schema: avro.schema.Schema, records: _Records) -> _Compiled:
    if schema.type in _LEAVES:
        return _LEAVES[schema.type]
    make: Callable[..., Check]
    match schema.type:
        case avro.schema.RECORD:
            return _compile_record(schema, records)
        case avro.schema.ARRAY:
            make, parts = _blocks, [_compile(schema.items, records)]
        case avro.schema.MAP:
            entry = [_LEAVES[avro.schema.STRING], _compile(schema.values, records)]
            make, parts = _blocks, [_around(_sequence, entry)]
        case avro.schema.UNION:
            make, parts = _union, [_compile_branch(branch, records) for branch in schema.schemas]
        case avro.schema.ENUM:
            make, parts = _union, [_NULL for _ in schema.symbols]
        case avro.schema.FIXED if schema.size > 0:
            return _Compiled(_sized(schema.size), 0)
        case kind:
            raise UnboundedError(f"a value of {kind} may take no bytes")
    return _around(make, parts)


def _compile_branch(schema: avro.schema.Schema, records: _Records) -> _Compiled:
    return _NULL if schema.type == avro.schema.NULL else _compile(schema, records)


def _compile_record(schema: avro.schema.RecordSchema, records: _Records) -> _Compiled:
    name = schema.fullname
    if name not in records:
        records[name] = None
        if not schema.fields:
            raise UnboundedError(f"{name} takes no bytes")
        fields = [_compile(field.type, records) for field in schema.fields]
        records[name] = _around(_sequence, fields)
    compiled = records[name]
    if compiled is None:
        raise UnboundedError(f"{name} may hold itself")
    return compiled


def _around(make: Callable[..., Check], parts: Sequence[_Compiled]) -> _Compiled:
    height = 1 + max(part.height for part in parts)
    if height > _HIGHEST:
        raise UnboundedError("its values lie too deep")
    return _Compiled(make(*(part.check for part in parts)), height)


def _number(most: int, last: int) -> Callable[[bytes, int], tuple[int, int]]:
    """Read a number of at most so many bytes, of which the last one is at most that large.

    What it gives returns the number and where it ends, and raises as a check does.
    """
    shifts = range(0, 7 * most, 7)

    def read(data: bytes, at: int) -> tuple[int, int]:
        number = 0
        for shift in shifts:
            byte = data[at]
            at += 1
            number |= (byte & _SEVEN_BITS) << shift
            if byte < _MORE:
                if shift == shifts[-1] and byte > last:
                    break
                return (number >> 1) ^ -(number & 1), at
        raise GarbledError

    return read


long_at = _number(_LONG_BYTES, _LAST_OF_LONG)
int_at = _number(_INT_BYTES, _LAST_OF_INT)


def _end_of(read: Callable[[bytes, int], tuple[int, int]]) -> Check:
    def check(data: bytes, at: int) -> int:
        _, end = read(data, at)
        return end

    return check


def _text(data: bytes, at: int) -> int:
    length = data[at]
    if length < _MORE and not length & 1:
        return at + 1 + (length >> 1)
    length, at = long_at(data, at)
    if length < 0:
        raise GarbledError
    return at + length


def _boolean(data: bytes, at: int) -> int:
    if data[at] > _TRUE:
        raise GarbledError
    return at + 1


def _nothing(_: bytes, at: int) -> int:
    return at


def _sized(size: int) -> Check:
    def check(data: bytes, at: int) -> int:
        _ = data[at + size - 1]
        return at + size

    return check


def _sequence(*checks: Check) -> Check:
    def check(data: bytes, at: int) -> int:
        for check_one in checks:
            at = check_one(data, at)
        return at

    return check


def _blocks(check_item: Check) -> Check:
    def check(data: bytes, at: int) -> int:
        while True:
            count, at = long_at(data, at)
            if count == 0:
                return at
            end = None
            if count < 0:
                count = -count
                size, at = long_at(data, at)
                end = at + size
            for _ in range(count):
                # Each takes a byte at least: this ends at the end of the bytes.
                at = check_item(data, at)
            if end is not None and at != end:
                raise GarbledError

    return check


def _union(*branches: Check) -> Check:
    def check(data: bytes, at: int) -> int:
        index, at = long_at(data, at)
        if not 0 <= index < len(branches):
            raise GarbledError
        return branches[index](data, at)

    if len(branches) == 2 and branches[0] is _nothing:  # noqa: PLR2004 - almost all are of this kind
        return _nullable(branches[1], check)
    return check


def _nullable(check_value: Check, check_any: Check) -> Check:
    """Check the same as `check_any`, sooner where the branch takes one byte."""

    def check(data: bytes, at: int) -> int:
        branch = data[at]
        if branch == _SECOND_BRANCH:
            return check_value(data, at + 1)
        return check_any(data, at) if branch else at + 1

    return check


_NULL = _Compiled(_nothing, 0)
_LEAVES = {
    kind: _Compiled(check, 0)
    for kind, check in (
        (avro.schema.BOOLEAN, _boolean),
        (avro.schema.INT, _end_of(int_at)),
        (avro.schema.LONG, _end_of(long_at)),
        (avro.schema.FLOAT, _sized(4)),
        (avro.schema.DOUBLE, _sized(8)),
        (avro.schema.BYTES, _text),
        (avro.schema.STRING, _text),
    )
}
