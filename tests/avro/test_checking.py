from __future__ import annotations

import json
from typing import Any

import avro.schema
import pytest

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode
from pipeline.avro._checking import GarbledError, UnboundedError, compile_check
from pipeline.avro._codec import REGISTRY
from pipeline.avro.wire import RegisteredSchema
from pipeline.avro.wire._conversion import UnusableSchemaError, conversion_from
from tests.warehouse import records


def parse(schema: object) -> avro.schema.Schema:
    """Return the schema that this JSON is."""
    return avro.schema.parse(json.dumps(schema))


def record(*types: object, name: str = "R") -> dict[str, Any]:
    """Return the JSON of a record with fields of these types."""
    fields = [{"name": f"f{number}", "type": type_} for number, type_ in enumerate(types)]
    return {"type": "record", "name": name, "fields": fields}


EVERY_TYPE = record(
    "boolean",
    "int",
    "long",
    "float",
    "double",
    "bytes",
    "string",
    ["null", "string", "long"],
    ["null", "string"],
    {"type": "array", "items": "int"},
    {"type": "map", "values": "boolean"},
    {"type": "enum", "name": "E", "symbols": ["A", "B"]},
    {"type": "fixed", "name": "F", "size": 3},
)
SOUND = (
    *(b"\x01", b"\xff\xff\xff\xff\x0f", b"\xff" * 9 + b"\x01", bytes(4), bytes(8)),
    *(b"\x02\xff", b"\x80\x00", b"\x04\x02", b"\x02\x02a"),
    *(b"\x04\x02\x04\x01\x02\x06\x00", b"\x02\x02k\x01\x00", b"\x02", b"abc"),
)


def ends(*pieces: bytes) -> bool:
    """Tell whether a record of every type, in these pieces, ends where its bytes do."""
    value = b"".join(pieces)
    return compile_check(parse(EVERY_TYPE))(value, 0) == len(value)


def test_a_value_of_every_type_of_avro_passes() -> None:
    """Those that our own schemas do without, too: a registry's schemas have them."""
    assert ends(*SOUND)


@pytest.mark.parametrize(
    ("field", "piece"),
    [
        (0, b"\x02"),
        (1, b"\xff\xff\xff\xff\x10"),
        (1, b"\x80\x80\x80\x80\x80\x00"),
        (2, b"\xff" * 9 + b"\x02"),
        (2, b"\x80" * 10 + b"\x00"),
        (5, b"\x01"),
        (6, b"\xff\x01"),
        (7, b"\x01"),
        (7, b"\x06"),
        (8, b"\x01"),
        (8, b"\x04"),
        (9, b"\x01\x04\x02\x00"),
        (9, b"\x01\x01\x02\x00"),
        (11, b"\x04"),
        (11, b"\x01"),
    ],
)
def test_what_no_writer_writes_is_refused(field: int, piece: bytes) -> None:
    """Booleans, numbers, lengths, branches and blocks are what the specification has."""
    with pytest.raises(GarbledError):
        ends(*SOUND[:field], piece, *SOUND[field + 1 :])


@pytest.mark.parametrize("field", [5, 6, 9, 10])
@pytest.mark.parametrize("claimed", [b"\xfe" * 8 + b"\x7f", b"\x80\x80\x80\x80\x80\x40"])
def test_lengths_beyond_the_end_are_noticed(field: int, claimed: bytes) -> None:
    """A claim of 2**40 bytes or items takes no longer than the bytes that are there."""
    with pytest.raises((GarbledError, IndexError)):
        ends(*SOUND[:field], claimed, *SOUND[field + 1 :])


@pytest.mark.parametrize("items", ["float", {"type": "fixed", "name": "F", "size": 2}])
def test_a_list_of_values_of_one_size_ends_with_its_bytes(items: object) -> None:
    """Values that need not be looked at are looked for."""
    with pytest.raises(IndexError):
        compile_check(parse({"type": "array", "items": items}))(b"\x80\x80\x80\x80\x80\x40ab", 0)


def nested(depth: int) -> dict[str, Any]:
    """Return records in records, without a text of as many levels."""
    chain = [record("int", name="R0")]
    chain += [record(f"R{number}", name=f"R{number + 1}") for number in range(depth)]
    return record(*chain)


@pytest.mark.parametrize(
    ("schema", "why"),
    [
        (record(["null", "R"]), "R may hold itself"),
        (record({"type": "array", "items": "R"}), "R may hold itself"),
        (record({"type": "array", "items": "null"}), "null may take no bytes"),
        (record({"type": "array", "items": record(name="Empty")}), "Empty takes no bytes"),
        (record({"type": "fixed", "name": "F", "size": 0}), "fixed may take no bytes"),
        (nested(100), "too deep"),
    ],
)
def test_schemas_without_bounds_are_refused(schema: object, why: str) -> None:
    """A few bytes of theirs could take for ever, or end the process."""
    with pytest.raises(UnboundedError, match=why):
        compile_check(parse(schema))


def test_records_may_be_deep_within_reason_and_used_twice() -> None:
    """What has bounds is taken."""
    assert compile_check(parse(nested(50)))(b"\x02" * 51, 0) == 51


def test_a_registered_schema_with_an_endless_field_of_its_own_is_no_use() -> None:
    """Ours would leave the field out, but would have to get past it."""
    newest = json.loads(json.dumps(dict(REGISTRY.newest(SchemaName.VIOLATION).definition)))
    newest["fields"].append({"name": "more", "type": ["null", "Violation"], "default": None})
    with pytest.raises(UnusableSchemaError, match="may hold itself"):
        conversion_from(RegisteredSchema(json.dumps(newest), "AVRO"))


def test_bytes_that_no_writer_writes_are_damaged() -> None:
    """A withdrawn row that is neither true nor false is not taken for one of them."""
    value = encode(SchemaName.VIOLATION, records.violation())
    with pytest.raises(DecodeError) as caught:
        decode(value[:-1] + b"\x02")
    assert caught.value.failure is DecodeFailure.DAMAGED
