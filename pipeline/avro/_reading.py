"""Reading a record of Avro, and refusing what no writer of Avro writes, in one pass.

Most of what the agents do is reading records of our own newest schemas. To check one and then have
fastavro read it takes two to three times as long as the function that a schema is compiled into
here, once.

What it refuses need not be told apart: whoever wants to know why reads again, slowly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import avro.schema

from pipeline.avro._checking import GarbledError, int_at, long_at
from pipeline.avro._source import Source, other_than_null

Read = Callable[[bytes, int], tuple[dict[str, Any], int]]
"""Takes the bytes and where a record begins, and returns the record and where it ends.

Raises GarbledError, UnicodeDecodeError, or IndexError at the end of the bytes; where it ends may
lie beyond that end, and what it returns is nothing then.
"""


def compile_reader(schema: avro.schema.RecordSchema) -> Read:
    """Return the function that reads records of this schema.

    Raises NotImplementedError for a type that our schemas do not use.
    """
    source = Source("read", "data, at")
    value = _record(source, schema)
    source.line(f"return {value}, at")
    return source.function({"GarbledError": GarbledError, "int_at": int_at, "long_at": long_at})


def _value(source: Source, schema: avro.schema.Schema) -> str:
    """Write what reads a value at `at` and moves `at` behind it; return the variable it is in."""
    if schema.type in _TYPES:
        return _TYPES[schema.type](source, schema)
    raise NotImplementedError(f"the type {schema} has no reader; add one to {__name__}")


def _record(source: Source, schema: avro.schema.RecordSchema) -> str:
    fields = {field.name: _value(source, field.type) for field in schema.fields}
    record = source.variable()
    entries = ", ".join(f"{name!r}: {variable}" for name, variable in fields.items())
    source.line(f"{record} = {{{entries}}}")
    return record


def _array(source: Source, schema: avro.schema.ArraySchema) -> str:
    items, length, end = source.variable(), source.variable(), source.variable()
    source.line(f"{items} = []")
    with source.block("while True:"):
        source.line(f"{length}, at = long_at(data, at)")
        with source.block(f"if not {length}:"):
            source.line("break")
        source.line(f"{end} = None")
        with source.block(f"if {length} < 0:"):
            source.line("size, at = long_at(data, at)")
            source.line(f"{length}, {end} = -{length}, at + size")
        with source.block(f"for _ in range({length}):"):
            source.line(f"{items}.append({_value(source, schema.items)})")
        source.refuse(f"{end} is not None and at != {end}", "GarbledError")
    return items


def _nullable(source: Source, schema: avro.schema.UnionSchema) -> str:
    other, value = other_than_null(schema), source.variable()
    source.line("branch = data[at]")
    source.line("at += 1")
    with source.block("if branch > 0x7F:"):
        source.line("branch, at = long_at(data, at - 1)")
        source.line("branch <<= 1")
    with source.block("if branch == 2:"):
        source.line(f"{value} = {_value(source, other)}")
    with source.block("elif branch == 0:"):
        source.line(f"{value} = None")
    with source.block("else:"):
        source.line("raise GarbledError")
    return value


def _boolean(source: Source, _: avro.schema.Schema) -> str:
    value = source.variable()
    source.line(f"{value} = data[at]")
    source.refuse(f"{value} > 1", "GarbledError")
    source.line(f"{value} = {value} == 1")
    source.line("at += 1")
    return value


def _number(read_long: str) -> Callable[[Source, avro.schema.Schema], str]:
    def number(source: Source, _: avro.schema.Schema) -> str:
        value = source.variable()
        source.line(f"{value} = data[at]")
        with source.block(f"if {value} < 0x80:"):
            source.line(f"{value} = ({value} >> 1) ^ -({value} & 1)")
            source.line("at += 1")
        with source.block("else:"):
            source.line(f"{value}, at = {read_long}(data, at)")
        return value

    return number


def _sized(form: str) -> Callable[[Source, avro.schema.Schema], str]:
    def sized(source: Source, _: avro.schema.Schema) -> str:
        value = source.variable()
        source.line("size = data[at]")
        with source.block("if size < 0x80 and not size & 1:"):
            source.line("at += 1")
            source.line("end = at + (size >> 1)")
        with source.block("else:"):
            source.line("size, at = long_at(data, at)")
            source.refuse("size < 0", "GarbledError")
            source.line("end = at + size")
        source.line(f"{value} = {form}")
        source.line("at = end")
        return value

    return sized


_TYPES: dict[str, Callable[[Source, Any], str]] = {
    avro.schema.STRING: _sized("str(data[at:end], 'utf-8')"),
    avro.schema.BYTES: _sized("data[at:end]"),
    avro.schema.BOOLEAN: _boolean,
    avro.schema.INT: _number("int_at"),
    avro.schema.LONG: _number("long_at"),
    avro.schema.RECORD: _record,
    avro.schema.ARRAY: _array,
    avro.schema.UNION: _nullable,
}
