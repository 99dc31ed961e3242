from __future__ import annotations

import json
from io import BytesIO

import avro.schema
import fastavro
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro._checking import GarbledError, compile_check
from pipeline.avro._codec import REGISTRY, for_fastavro
from pipeline.avro._reading import compile_reader
from pipeline.avro._registry import SchemaVersion
from tests.avro._strategies import records_of

VERSIONS = tuple(REGISTRY.by_fingerprint.values())
READERS = {version.fingerprint: compile_reader(version.parsed) for version in VERSIONS}
CHECKS = {version.fingerprint: compile_check(version.parsed) for version in VERSIONS}
REFUSED = object()


def read_at_once(version: SchemaVersion, body: bytes) -> object:
    """Return what the compiled reader makes of the bytes."""
    try:
        record, end = READERS[version.fingerprint](body, 0)
    except (GarbledError, IndexError, UnicodeDecodeError):
        return REFUSED
    return record if end == len(body) else REFUSED


def read_in_two_steps(version: SchemaVersion, body: bytes) -> object:
    """Return what fastavro makes of the bytes, if they pass their check."""
    try:
        if CHECKS[version.fingerprint](body, 0) != len(body):
            return REFUSED
        return fastavro.schemaless_reader(
            BytesIO(body), for_fastavro(version.definition), return_record_name=False
        )
    except (GarbledError, IndexError, UnicodeDecodeError):
        return REFUSED


def mutated(body: bytes, at: float, byte: int, kind: str) -> bytes:
    """Return the bytes with one changed, put in or taken out, or without the rest."""
    place = int(at * len(body))
    match kind:
        case "changed":
            return body[:place] + bytes([byte]) + body[place + 1 :]
        case "put in":
            return body[:place] + bytes([byte]) + body[place:]
        case "taken out":
            return body[:place] + body[place + 1 :]
        case _:
            return body[:place]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.label)
@given(
    data=st.data(),
    at=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
    kind=st.sampled_from(["changed", "put in", "taken out", "cut off"]),
)
def test_it_takes_and_refuses_what_checking_first_does(
    version: SchemaVersion, data: st.DataObject, at: float, byte: int, kind: str
) -> None:
    """Of sound bytes and of damaged ones: the same record, or none."""
    sound = bytearray()
    record = data.draw(records_of(version))
    version.write(sound, record)
    damaged = mutated(bytes(sound), at, byte, kind)
    assert read_at_once(version, bytes(sound)) == record
    assert read_at_once(version, damaged) == read_in_two_steps(version, damaged)


@pytest.mark.parametrize(
    "type_",
    ["double", ["string", "null"], ["null", "int", "string"], {"type": "map", "values": "int"}],
)
def test_it_does_not_pretend_to_know_a_type_that_we_do_without(type_: object) -> None:
    """Whoever uses one in a schema hears of it when the schemas are loaded."""
    schema = {"type": "record", "name": "R", "fields": [{"name": "f", "type": type_}]}
    with pytest.raises(NotImplementedError):
        compile_reader(avro.schema.parse(json.dumps(schema)))


@pytest.mark.parametrize(("branch", "value"), [(b"\x80\x00", None), (b"\x82\x00\x02a", "a")])
def test_a_branch_may_be_written_in_more_bytes_than_it_needs(
    branch: bytes, value: str | None
) -> None:
    """It is strange and sound, as any other number of that kind is."""
    schema = avro.schema.parse(
        json.dumps(
            {
                "type": "record",
                "name": "R",
                "fields": [{"name": "f", "type": ["null", "string"]}],
            }
        )
    )
    assert compile_reader(schema)(branch, 0) == ({"f": value}, len(branch))
    assert compile_check(schema)(branch, 0) == len(branch)
