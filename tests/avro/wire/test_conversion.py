from __future__ import annotations

import json
from typing import Any

import avro.schema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro import DecodeError, DecodeFailure, SchemaName, decode, encode
from pipeline.avro._codec import HEADER_LENGTH, REGISTRY
from pipeline.avro._registry import SchemaVersion
from pipeline.avro._writing import compile_writer
from pipeline.avro.wire import RegisteredSchema
from pipeline.avro.wire._conversion import UnusableSchemaError, conversion_from
from tests.avro._strategies import records_of
from tests.avro.wire._drawn import minimal

VERSIONS = tuple(REGISTRY.by_fingerprint.values())
ALERT = REGISTRY.newest(SchemaName.ALERT)


def registered(schema: object) -> RegisteredSchema:
    """Return a schema of Avro as a registry gives it."""
    return RegisteredSchema(json.dumps(schema), "AVRO")


def alert(**fields: object) -> dict[str, Any]:
    """Return the schema of alerts with other types of fields, or with further fields."""
    kept = [field for field in ALERT.definition["fields"] if field["name"] not in fields]
    other = [{"name": name, "type": type_} for name, type_ in fields.items()]
    return {**ALERT.definition, "fields": kept + other}


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.label)
@given(data=st.data())
def test_records_of_our_own_schemas_keep_their_bytes(
    version: SchemaVersion, data: st.DataObject
) -> None:
    """Of every version, and however the registry has laid out its text."""
    body = bytearray()
    version.write(body, data.draw(records_of(version)))
    schema = {"aliases": ["Old"], "doc": "Another.", **version.definition}
    converted = conversion_from(registered(schema))(bytes(body))
    assert converted[2:HEADER_LENGTH] == version.fingerprint
    assert converted[HEADER_LENGTH:] == body


def test_a_writer_with_more_fields_is_read() -> None:
    """What others add to their own version of a schema is passed over."""
    schema = alert(score="int", colour="string")
    body = bytearray()
    record = minimal(SchemaName.ALERT) | {"risk": 81}
    compile_writer(avro.schema.parse(json.dumps(schema)))(
        body, record | {"score": 3, "colour": "red"}
    )
    converted = conversion_from(registered(schema))(bytes(body))
    assert converted == encode(SchemaName.ALERT, record)


def test_a_damaged_record_of_another_writer_is_refused() -> None:
    """Half of it is no record, and neither is one and a half."""
    convert = conversion_from(registered(alert(score="int")))
    for body, failure in (
        (b"\x02", DecodeFailure.DAMAGED),
        (bytes(99), DecodeFailure.TRAILING_BYTES),
    ):
        with pytest.raises(DecodeError) as caught:
            convert(body)
        assert caught.value.failure is failure


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        (RegisteredSchema("{}", "JSON"), "it is one of JSON"),
        (RegisteredSchema('syntax = "proto3";', "PROTOBUF"), "it is one of PROTOBUF"),
        (RegisteredSchema("{", "AVRO"), "it is not sound, or refers to others"),
        (RegisteredSchema('"outreach.Elsewhere"', "AVRO"), "it is not sound, or refers to"),
        (RegisteredSchema('{"type": "record"}', "AVRO"), "it is not sound, or refers to"),
        (RegisteredSchema("[" * 100_000, "AVRO"), "it is not sound, or refers to others"),
        (registered("string"), "its record has the name of none of ours"),
        (registered(["null", "string"]), "its record has the name of none of ours"),
        (
            registered({"type": "record", "name": "crm.Alert", "fields": []}),
            "its record has the name of none of ours",
        ),
        (registered(alert(risk="string")), r"alert\.v2 cannot read it: risk was string and is"),
        (
            registered({"type": "record", "name": "outreach.Alert", "fields": []}),
            r"alert\.v2 cannot read it: \w+ was not there and has no default",
        ),
    ],
)
def test_a_schema_that_gives_no_record_of_ours_says_why(
    schema: RegisteredSchema, reason: str
) -> None:
    """Whatever stands in a registry, it is no use or it works: it never stops a worker."""
    with pytest.raises(UnusableSchemaError, match=reason):
        conversion_from(schema)


@given(
    text=st.text(max_size=50)
    | st.recursive(
        st.none()
        | st.booleans()
        | st.integers()
        | st.sampled_from(["string", "record", "outreach.Alert"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["type", "name", "fields", "items", "symbols"]), inner
            )
        ),
        max_leaves=8,
    ).map(json.dumps)
)
def test_any_text_converts_or_fails_as_promised(text: str) -> None:
    """No text of a schema raises anything else."""
    try:
        convert = conversion_from(RegisteredSchema(text, "AVRO"))
    except UnusableSchemaError:
        return
    with pytest.raises(DecodeError):
        decode(convert(b""))
