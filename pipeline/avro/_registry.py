"""Every version of every schema, found by name and by fingerprint."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

import avro.schema
from avro.schemanormalization import Fingerprint, ToParsingCanonicalForm

from pipeline.avro._errors import SchemaError
from pipeline.avro._names import SchemaName
from pipeline.avro._writing import Write, compile_writer

NAMESPACE = "outreach"
_FILE = re.compile(r"(?P<name>[a-z]+(?:-[a-z]+)*)\.v(?P<version>[1-9]\d*)\.avsc")


@dataclass(frozen=True, slots=True)
class SchemaVersion:
    """One file of `schemas/`, parsed by avro-python3."""

    name: SchemaName
    version: int
    definition: Mapping[str, Any]
    """The JSON of the file."""
    parsed: avro.schema.RecordSchema
    canonical: str
    """The Parsing Canonical Form of the Avro specification."""
    fingerprint: bytes
    """CRC-64-AVRO of the canonical form: eight bytes, the lowest first."""
    write: Write

    @property
    def label(self) -> str:
        """Its name with its version, such as `reply.v2`."""
        return f"{self.name}.v{self.version}"

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.label}.avsc"


class Registry:
    """All schema versions of a folder; it never changes."""

    def __init__(self, versions: Iterable[SchemaVersion]) -> None:
        by_name: dict[SchemaName, list[SchemaVersion]] = {}
        by_fingerprint: dict[bytes, SchemaVersion] = {}
        for version in sorted(versions, key=lambda version: version.version):
            twin = by_fingerprint.setdefault(version.fingerprint, version)
            if twin is not version:
                raise SchemaError(
                    f"{version.file} differs from {twin.file} in nothing that is written; "
                    f"remove it, or change {twin.file} if only its docs are to change"
                )
            by_name.setdefault(version.name, []).append(version)
        self._by_name = {name: tuple(by_name[name]) for name in SchemaName if name in by_name}
        self._by_fingerprint = MappingProxyType(by_fingerprint)

    @classmethod
    def load(cls, folder: Traversable) -> Registry:
        """Read every `.avsc` file of the folder; raises SchemaError for one that is not ours."""
        names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".avsc"))
        return cls(read_version(name, folder.joinpath(name).read_bytes()) for name in names)

    @property
    def names(self) -> tuple[SchemaName, ...]:
        """The names that have a version."""
        return tuple(self._by_name)

    @property
    def by_fingerprint(self) -> Mapping[bytes, SchemaVersion]:
        """Each version by its fingerprint."""
        return self._by_fingerprint

    def versions(self, name: SchemaName) -> tuple[SchemaVersion, ...]:
        """Every version of this name, the oldest first; none for an unknown name."""
        return self._by_name.get(name, ())

    def newest(self, name: SchemaName) -> SchemaVersion:
        """Return the version that is written, and that all others are read as.

        Raises SchemaError when the name has none.
        """
        versions = self.versions(name)
        if not versions:
            raise SchemaError(f"{name}.v1.avsc is missing; write it, or drop it from SchemaName")
        return versions[-1]


def read_version(file: str, content: bytes) -> SchemaVersion:
    """Parse one schema file; raises SchemaError, which names the file and says what to do."""
    match = _FILE.fullmatch(file)
    if match is None:
        raise SchemaError(f"{file} is no name of a schema; call it like follow-up.v1.avsc")
    try:
        name = SchemaName(match["name"])
    except ValueError:
        raise SchemaError(f"{file} has a name that is not in SchemaName; add it there") from None
    try:
        text = content.decode()
        parsed = avro.schema.parse(text)
    except (UnicodeDecodeError, avro.schema.AvroException) as error:
        raise SchemaError(f"{file} is no Avro schema: {error}") from error
    expected = f"{NAMESPACE}.{name.record_name}"
    if parsed.type != avro.schema.RECORD or parsed.fullname != expected:
        raise SchemaError(f"{file} must define the record {expected}; it defines {parsed}")
    try:
        write = compile_writer(parsed)
    except NotImplementedError as error:
        raise SchemaError(f"{file}: {error}") from error
    canonical = ToParsingCanonicalForm(parsed)
    return SchemaVersion(
        name=name,
        version=int(match["version"]),
        definition=json.loads(text),
        parsed=parsed,
        canonical=canonical,
        fingerprint=Fingerprint(canonical, "CRC-64-AVRO"),
        write=write,
    )
