"""From the bytes of a registered schema to our own single object."""

from __future__ import annotations

import json
from collections.abc import Callable

import avro.schema
from avro.schemanormalization import Fingerprint, ToParsingCanonicalForm

from pipeline.avro._checking import UnboundedError, compile_check
from pipeline.avro._codec import MARKER, REGISTRY, Reading, decode, encode, for_fastavro
from pipeline.avro._names import SchemaName
from pipeline.avro._registry import NAMESPACE, SchemaVersion
from pipeline.avro._resolution import obstacles
from pipeline.avro.wire._schema_registry import RegisteredSchema

Convert = Callable[[bytes], bytes]
"""Takes the Avro bytes of a record, gives the single object; raises DecodeError."""

_NAMES = {f"{NAMESPACE}.{name.record_name}": name for name in SchemaName}


class UnusableSchemaError(Exception):
    """No record of a registered schema can be read as one of ours; the text says why."""


def conversion_from(schema: RegisteredSchema) -> Convert:
    """Return how records of this schema become single objects.

    Most often it is one of our own schemas, and the bytes stay as they are. Another one counts if
    its record has the name of one of ours, and the newest version reads it: such a record is
    written anew. Raises UnusableSchemaError for any other.
    """
    if schema.kind != "AVRO":
        raise UnusableSchemaError(f"it is one of {schema.kind}")
    try:
        parsed = avro.schema.parse(schema.text)
        fingerprint = Fingerprint(ToParsingCanonicalForm(parsed), "CRC-64-AVRO")
        writer = for_fastavro(json.loads(schema.text))
    except Exception as error:  # each library has errors of its own for what it cannot read
        raise UnusableSchemaError("it is not sound, or refers to others") from error
    head: bytes = MARKER + fingerprint
    if fingerprint in REGISTRY.by_fingerprint:
        return head.__add__
    newest = _newest_that_reads(parsed)
    try:
        check = compile_check(parsed)
    except UnboundedError as error:
        raise UnusableSchemaError(f"reading it has no bound: {error}") from None
    reader = for_fastavro(newest.definition)
    readings = {fingerprint: Reading(newest.name, check, writer, reader)}

    def convert(body: bytes) -> bytes:
        return encode(*decode(head + body, readings))

    return convert


def _newest_that_reads(writer: avro.schema.Schema) -> SchemaVersion:
    name = _NAMES.get(writer.fullname) if writer.type == avro.schema.RECORD else None
    if name is None:
        raise UnusableSchemaError("its record has the name of none of ours")
    newest = REGISTRY.newest(name)
    for path, obstacle in obstacles(newest.parsed, writer):
        raise UnusableSchemaError(f"{newest.label} cannot read it: {path} {obstacle}")
    return newest
