from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import avro.schema
import fastavro
import pytest
from avro.io import BinaryDecoder, DatumReader
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro._resolution import obstacles
from pipeline.avro._writing import compile_writer
from tests.avro._strategies import values_of

_primitives = st.sampled_from(["string", "bytes", "boolean", "int", "long"])


def _record(name: str, types: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    defaults = st.sampled_from([{}, {"default": None}])
    fields = st.dictionaries(st.sampled_from("abc"), st.tuples(types, defaults), max_size=3)
    return fields.map(
        lambda drawn: {
            "type": "record",
            "name": name,
            "fields": [
                {"name": field, "type": ["null", type_], **default}
                if default
                else {"name": field, "type": type_}
                for field, (type_, default) in drawn.items()
            ],
        }
    )


_inner = _primitives | _primitives.map(lambda type_: {"type": "array", "items": type_})
_schemas = _record("outreach.Outer", _inner | _record("outreach.Inner", _inner))


def _distinct(schema: dict[str, Any]) -> dict[str, Any]:
    """Give each record inside the name of its field, for no name may be defined twice."""
    for field in schema["fields"]:
        type_ = field["type"][1] if isinstance(field["type"], list) else field["type"]
        if isinstance(type_, dict) and type_["type"] == "record":
            type_["name"] = f"outreach.Inner{field['name'].upper()}"
    return schema


def found(reader: object, writer: object) -> list[tuple[str, str]]:
    """Return the obstacles between two schemas that stand as JSON."""
    parsed = [avro.schema.parse(json.dumps(schema)) for schema in (reader, writer)]
    return list(obstacles(*parsed))


def fields(*described: dict[str, Any]) -> dict[str, Any]:
    """Return a record of these fields."""
    return {"type": "record", "name": "outreach.Record", "fields": list(described)}


@given(data=st.data(), reader=_schemas.map(_distinct), writer=_schemas.map(_distinct))
def test_without_obstacles_both_libraries_read(
    data: st.DataObject, reader: dict[str, Any], writer: dict[str, Any]
) -> None:
    """What the check lets pass, avro-python3 and fastavro can read, with the same result."""
    reads, wrote = (avro.schema.parse(json.dumps(schema)) for schema in (reader, writer))
    if list(obstacles(reads, wrote)):
        return
    body = bytearray()
    compile_writer(wrote)(body, data.draw(values_of(wrote)))
    by_reference = DatumReader(wrote, reads).read(BinaryDecoder(BytesIO(body)))
    assert by_reference == fastavro.schemaless_reader(BytesIO(body), writer, reader)


@given(schema=_schemas.map(_distinct))
def test_a_schema_reads_what_it_wrote(schema: dict[str, Any]) -> None:
    """Nothing is in the way between a schema and itself."""
    assert found(schema, schema) == []


@pytest.mark.parametrize(
    ("reads", "wrote"),
    [
        ("long", "int"),
        (["null", "int"], "int"),
        (["null", "long"], ["null", "int"]),
        ({"type": "array", "items": ["null", "long"]}, {"type": "array", "items": "int"}),
    ],
)
def test_a_wider_type_reads_a_narrower_one(reads: object, wrote: object) -> None:
    """A number may grow, and a value may become optional."""
    assert found(fields({"name": "a", "type": reads}), fields({"name": "a", "type": wrote})) == []


@pytest.mark.parametrize(
    ("reads", "wrote", "place", "obstacle"),
    [
        ("int", "long", "a", "was long and is int"),
        ("string", "bytes", "a", "was bytes and is string"),
        ("string", ["null", "string"], "a", "was null and is string"),
        (["null", "string"], "long", "a", "was long and is string"),
        ({"type": "array", "items": "int"}, "int", "a", "was int and is array"),
        (
            {"type": "array", "items": "int"},
            {"type": "array", "items": "string"},
            "a[]",
            "was string and is int",
        ),
        (
            {"type": "record", "name": "outreach.New", "fields": []},
            {"type": "record", "name": "outreach.Old", "fields": []},
            "a",
            "was record outreach.Old and is record outreach.New",
        ),
        (
            ["null", {"type": "record", "name": "I", "fields": [{"name": "b", "type": "int"}]}],
            {"type": "record", "name": "I", "fields": [{"name": "b", "type": "long"}]},
            "a.b",
            "was long and is int",
        ),
    ],
)
def test_another_type_is_an_obstacle(
    reads: object, wrote: object, place: str, obstacle: str
) -> None:
    """The place is named by its path, with what to do instead."""
    [(path, reason)] = found(
        fields({"name": "a", "type": reads}), fields({"name": "a", "type": wrote})
    )
    assert path == place
    assert reason == f"{obstacle}; leave it, and add a new field beside it"


def test_a_new_field_needs_a_default() -> None:
    """Old records lack what is new, so the schema says what it is then."""
    new = {"name": "a", "type": ["null", "string"]}
    assert found(fields(new), fields()) == [("a", "was not there and has no default; give it one")]
    assert found(fields(new | {"default": None}), fields()) == []


def test_a_field_may_go() -> None:
    """A reader passes over what it no longer knows."""
    assert found(fields(), fields({"name": "a", "type": "string"})) == []
