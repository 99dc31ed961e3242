"""What we write and read is what fastavro and avro-python3 write and read."""

from __future__ import annotations

from io import BytesIO

import fastavro
import pytest
from avro.io import BinaryDecoder, BinaryEncoder, DatumReader, DatumWriter
from hypothesis import given
from hypothesis import strategies as st

from pipeline.avro import SchemaName, decode, encode
from pipeline.avro._codec import HEADER_LENGTH, MARKER, REGISTRY
from pipeline.avro._registry import SchemaVersion
from tests.avro._strategies import records_of

VERSIONS = tuple(REGISTRY.by_fingerprint.values())
each_version = pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.label)


def write_by_reference(version: SchemaVersion, record: dict[str, object]) -> bytes:
    """Return what avro-python3 writes."""
    out = BytesIO()
    DatumWriter(version.parsed).write(record, BinaryEncoder(out))
    return out.getvalue()


def write_by_fastavro(version: SchemaVersion, record: dict[str, object]) -> bytes:
    """Return what fastavro writes."""
    out = BytesIO()
    fastavro.schemaless_writer(out, dict(version.definition), record, strict=True)
    return out.getvalue()


def read_by_reference(writer: SchemaVersion, reader: SchemaVersion, body: bytes) -> object:
    """Return what avro-python3 reads in bytes of one version, as the other."""
    return DatumReader(writer.parsed, reader.parsed).read(BinaryDecoder(BytesIO(body)))


@each_version
@given(data=st.data())
def test_all_three_write_the_same_bytes(version: SchemaVersion, data: st.DataObject) -> None:
    """A record has one encoding, whoever writes it."""
    record = data.draw(records_of(version))
    written = bytearray()
    version.write(written, record)
    assert written == write_by_reference(version, record)
    assert written == write_by_fastavro(version, record)


@each_version
@given(data=st.data())
def test_what_was_written_is_read_as_its_newest_version(
    version: SchemaVersion, data: st.DataObject
) -> None:
    """Records of every version, old ones too, read as avro-python3 resolves them."""
    newest = REGISTRY.newest(version.name)
    body = write_by_reference(version, data.draw(records_of(version)))
    name, record = decode(MARKER + version.fingerprint + body)
    assert name is version.name
    assert record == read_by_reference(version, newest, body)


@pytest.mark.parametrize("name", REGISTRY.names)
@given(data=st.data())
def test_a_record_comes_back_as_it_was(
    name: SchemaName,
    data: st.DataObject,
) -> None:
    """`encode` writes marker, fingerprint and record; `decode` gives the same record."""
    newest = REGISTRY.newest(name)
    record = data.draw(records_of(newest))
    encoded = encode(name, record)
    assert encoded[:HEADER_LENGTH] == b"\xc3\x01" + newest.fingerprint
    assert decode(encoded) == (name, record)
