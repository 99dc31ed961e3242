"""The schemas as anybody sees them, who has the folder and avro-python3, and a strict reader.

Nothing here is the pipeline's: what the fuzz expects must not come from what it tests.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import avro.schema
from avro.io import BinaryDecoder, BinaryEncoder, DatumReader, DatumWriter
from avro.schema import Schema
from avro.schemanormalization import Fingerprint, ToParsingCanonicalForm

import schemas

MARKER = b"\xc3\x01"
HEADER_LENGTH = 10

Record = dict[str, Any]


@dataclass(frozen=True)
class Published:
    """One version of a schema."""

    label: str
    """Such as `reply.v2`."""
    parsed: avro.schema.RecordSchema
    header: bytes
    """What its single objects begin with."""

    @property
    def name(self) -> str:
        """What its records are, whatever the version."""
        return self.label.partition(".")[0]

    def types(self) -> dict[str, avro.schema.Schema]:
        """Return the type of each field."""
        return {field.name: field.type for field in self.parsed.fields}


def _read_all() -> dict[str, Published]:
    found = {}
    for file in sorted(schemas.FOLDER.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".avsc"):
            label = file.name.removesuffix(".avsc")
            parsed = avro.schema.parse(json.dumps(json.loads(file.read_text("utf-8"))))
            header = MARKER + Fingerprint(ToParsingCanonicalForm(parsed), "CRC-64-AVRO")
            found[label] = Published(label, parsed, header)
    return found


SCHEMAS = _read_all()
"""Every version by its label."""
_BY_HEADER = {published.header: published for published in SCHEMAS.values()}


def newest(name: str) -> Published:
    """Return the version of this name that is written."""
    return [schema for schema in SCHEMAS.values() if schema.name == name][-1]


def write_value(schema: avro.schema.Schema, value: object) -> bytes:
    """Return the bytes of one value."""
    out = BytesIO()
    DatumWriter(schema).write(value, BinaryEncoder(out))
    return out.getvalue()


def read_strictly(value: bytes) -> tuple[str, Record] | None:
    """Return what a single object is and holds, in the newest shape; None if it is none."""
    published = _BY_HEADER.get(value[:HEADER_LENGTH])
    if published is None:
        return None
    body = BytesIO(value)
    body.seek(HEADER_LENGTH)
    reader = _StrictReader(published.parsed, published.parsed)
    try:
        record = reader.read(_StrictDecoder(body))
    except Exception:  # noqa: BLE001 - avro-python3 raises whatever comes of bytes without sense
        return None
    if body.tell() != len(value):
        return None
    return published.name, _in_newest_shape(newest(published.name), record)


def _in_newest_shape(published: Published, record: Record) -> Record:
    """Return a record with what its writer did not know yet; our versions only ever add fields."""
    return {
        **{field.name: field.default for field in published.parsed.fields if field.has_default},
        **record,
    }


class _StrictDecoder(BinaryDecoder):  # type: ignore[misc]  # it ships no types
    """Refuses, where avro-python3 does not, what the specification does not have."""

    def read(self, n: int) -> bytes:
        data: bytes = self.reader.read(n) if n >= 0 else b""
        if n < 0 or len(data) != n:
            raise ValueError("the bytes end before the value")
        return data

    def read_utf8(self) -> str:
        # The one that is overridden prints what it cannot read.
        return str(self.read_bytes(), "utf-8")

    def read_boolean(self) -> bool:
        return {b"\0": False, b"\x01": True}[self.read(1)]

    def read_int(self) -> int:
        return self._number(bits=32)

    def read_long(self) -> int:
        return self._number(bits=64)

    def _number(self, bits: int) -> int:
        number = place = 0
        while True:
            (byte,) = self.read(1)
            number |= (byte & 127) << place
            place += 7
            if byte < 128:
                break
        if place > bits + 6 or number >> bits:
            raise ValueError("more bits than the type has")
        return (number >> 1) ^ -(number & 1)


class _StrictReader(DatumReader):  # type: ignore[misc]  # it ships no types
    def read_union(
        self, writer_schema: Schema, reader_schema: Schema, decoder: _StrictDecoder
    ) -> object:
        index = decoder.read_long()
        if index < 0:
            raise ValueError("there is no such branch")
        return self.read_data(writer_schema.schemas[index], reader_schema, decoder)

    def read_array(
        self, writer_schema: Schema, reader_schema: Schema, decoder: _StrictDecoder
    ) -> list[object]:
        items: list[object] = []
        while (count := decoder.read_long()) != 0:
            size = decoder.read_long() if count < 0 else None
            begin = decoder.reader.tell()
            for _ in range(abs(count)):
                items.append(  # noqa: PERF401 - how many there are shows as they end
                    self.read_data(writer_schema.items, reader_schema.items, decoder)
                )
            if size is not None and decoder.reader.tell() - begin != size:
                raise ValueError("the block has another size than it says")
        return items
