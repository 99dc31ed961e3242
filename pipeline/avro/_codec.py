"""Records as Avro single objects: the marker C3 01, the schema's fingerprint, the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import Any, cast

from fastavro import parse_schema, schemaless_reader

import schemas
from pipeline.avro._checking import Check, GarbledError, compile_check
from pipeline.avro._confluent_head import MAGIC, schema_id_in
from pipeline.avro._errors import DecodeError, DecodeFailure, EncodeError
from pipeline.avro._misfit import MisfitError
from pipeline.avro._names import SchemaName
from pipeline.avro._reading import Read, compile_reader
from pipeline.avro._registry import Registry, SchemaVersion
from pipeline.avro._writing import Write

MARKER = b"\xc3\x01"
HEADER_LENGTH = len(MARKER) + 8

FastavroSchema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Writing:
    header: bytes
    write: Write


@dataclass(frozen=True, slots=True)
class Reading:
    """How the records of one schema are read."""

    name: SchemaName
    check: Check
    """What its bytes must pass before fastavro reads them."""
    writer: FastavroSchema
    reader: FastavroSchema | None
    """The newest version, if another one wrote the record: fastavro then resolves."""


def encode(name: SchemaName, record: Mapping[str, object]) -> bytes:
    """Return the record as a single object of the newest version of its schema.

    Moments are milliseconds since 1970-01-01T00:00:00Z, as int. Raises EncodeError, which names
    the field, when the record lacks a field, has one too many or has a value of another type.

    >>> encode(SchemaName.POLICY, {"policy_id": 7})
    Traceback (most recent call last):
    pipeline.avro._errors.EncodeError: policy: document is missing
    """
    writing = _WRITINGS[name]
    out = bytearray(writing.header)
    try:
        writing.write(out, record)
    except MisfitError as misfit:
        raise EncodeError(name, misfit.path, misfit.reason) from None
    return bytes(out)


def decode(
    data: bytes, others: Mapping[bytes, Reading] = MappingProxyType({})
) -> tuple[SchemaName, dict[str, Any]]:
    """Return the record in these bytes, in the shape of its newest version, and what it is.

    Moments stay int. `others` are schemas beside our own, by fingerprint. Raises DecodeError, and
    nothing else, for any bytes that are no such record, those in Confluent's wire format among
    them: `pipeline.avro.wire` makes single objects of these.
    """
    newest = _NEWEST_READERS.get(data[:HEADER_LENGTH])
    if newest is not None:
        name, read = newest
        try:
            record, end = read(data, HEADER_LENGTH)
        except (GarbledError, IndexError, UnicodeDecodeError):
            end = None  # and what is wrong comes out below
        if end == len(data):
            return name, record
    if data[:2] != MARKER:
        raise _no_single_object(data)
    reading = _READINGS.get(data[2:HEADER_LENGTH])
    if reading is None:
        reading = others.get(data[2:HEADER_LENGTH])
        if reading is None:
            raise _no_schema(data)
    return reading.name, _checked(data, reading)


def _checked(data: bytes, reading: Reading) -> dict[str, Any]:
    try:
        end = reading.check(data, HEADER_LENGTH)
    except (GarbledError, IndexError) as error:
        raise DecodeError(DecodeFailure.DAMAGED, detail=str(reading.name)) from error
    if end != len(data):
        failure = DecodeFailure.DAMAGED if end > len(data) else DecodeFailure.TRAILING_BYTES
        raise DecodeError(failure, detail=str(reading.name))
    body = BytesIO(data)
    body.seek(HEADER_LENGTH)
    try:
        record = schemaless_reader(body, reading.writer, reading.reader)
    except UnicodeDecodeError as error:
        raise DecodeError(DecodeFailure.NOT_UTF8) from error
    except Exception as error:  # fastavro has no error of its own
        raise DecodeError(DecodeFailure.DAMAGED, detail=str(reading.name)) from error
    return cast("dict[str, Any]", record)


def _no_single_object(data: bytes) -> DecodeError:
    if data[:1] != MAGIC:
        return DecodeError(DecodeFailure.NO_MARKER if data else DecodeFailure.EMPTY)
    schema_id = schema_id_in(data)
    if schema_id is None:
        return DecodeError(DecodeFailure.DAMAGED)
    return DecodeError(DecodeFailure.UNKNOWN_SCHEMA, detail=f"id {schema_id} of a schema registry")


def _no_schema(data: bytes) -> DecodeError:
    fingerprint = data[2:HEADER_LENGTH]
    if len(data) < HEADER_LENGTH:
        return DecodeError(DecodeFailure.DAMAGED)
    return DecodeError(DecodeFailure.UNKNOWN_SCHEMA, detail=f"fingerprint {fingerprint.hex()}")


def for_fastavro(definition: object) -> FastavroSchema:
    """Return what fastavro reads with, given the JSON of a schema."""
    return cast("FastavroSchema", parse_schema(_without_logical_types(definition)))


def _without_logical_types(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave logical types out, so that moments stay numbers."""
    if isinstance(schema, Mapping):
        kept = {key: value for key, value in schema.items() if key != "logicalType"}
        return {key: _without_logical_types(value) for key, value in kept.items()}
    if isinstance(schema, list):
        return [_without_logical_types(item) for item in schema]
    return schema


def _reading(version: SchemaVersion, newest: SchemaVersion) -> Reading:
    reader = None if version is newest else for_fastavro(newest.definition)
    check = compile_check(version.parsed)
    return Reading(version.name, check, for_fastavro(version.definition), reader)


REGISTRY = Registry.load(schemas.FOLDER)
_NEWEST = {name: REGISTRY.newest(name) for name in SchemaName}
_WRITINGS = {
    name: _Writing(MARKER + newest.fingerprint, newest.write) for name, newest in _NEWEST.items()
}
_READINGS = {
    fingerprint: _reading(version, _NEWEST[version.name])
    for fingerprint, version in REGISTRY.by_fingerprint.items()
}
_NEWEST_READERS: dict[bytes, tuple[SchemaName, Read]] = {
    MARKER + newest.fingerprint: (name, compile_reader(newest.parsed))
    for name, newest in _NEWEST.items()
}
"""By how a record begins: almost all that is read is of these."""
