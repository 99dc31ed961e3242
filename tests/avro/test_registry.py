from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from avro.schemanormalization import Fingerprint
from fastavro.schema import fingerprint, to_parsing_canonical_form

import schemas
from pipeline.avro import SchemaError, SchemaName
from pipeline.avro._codec import REGISTRY
from pipeline.avro._registry import Registry, SchemaVersion, read_version

WITH_A_DOUBLE = b"""
{"type": "record", "name": "outreach.Policy", "fields": [{"name": "share", "type": "double"}]}
"""
VERSIONS = tuple(REGISTRY.by_fingerprint.values())


def test_every_file_is_found_under_its_name() -> None:
    """No schema file is left out, and every name has a file."""
    files = {entry.name for entry in schemas.FOLDER.iterdir() if entry.name.endswith(".avsc")}
    assert {version.file for version in VERSIONS} == files
    assert set(REGISTRY.names) == set(SchemaName)


def test_the_newest_version_is_the_highest() -> None:
    """`reply` has two versions, and the second is the newest."""
    assert [version.version for version in REGISTRY.versions(SchemaName.REPLY)] == [1, 2]
    assert REGISTRY.newest(SchemaName.REPLY).label == "reply.v2"


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.label)
def test_fingerprints_are_those_of_fastavro(version: SchemaVersion) -> None:
    """Canonical form and fingerprint agree between the two Avro libraries."""
    canonical = to_parsing_canonical_form(dict(version.definition))
    assert version.canonical == canonical
    assert version.fingerprint.hex() == fingerprint(canonical, "CRC-64-AVRO")


@pytest.mark.parametrize(
    ("canonical", "number"),
    [
        ('"null"', 0x63DD24E7CC258F8A),
        ('"int"', 0x7275D51A3F395C8F),
        ('"string"', 0x8F014872634503C7),
    ],
)
def test_fingerprints_are_those_of_the_specification(canonical: str, number: int) -> None:
    """The published CRC-64-AVRO values come out, in the byte order that a single object has."""
    assert Fingerprint(canonical, "CRC-64-AVRO") == number.to_bytes(8, "little")


def test_two_versions_that_write_the_same_are_refused(tmp_path: Path) -> None:
    """A fingerprint must tell which version wrote a record."""
    source = Path(str(schemas.FOLDER)) / "policy.v1.avsc"
    shutil.copy(source, tmp_path / "policy.v1.avsc")
    shutil.copy(source, tmp_path / "policy.v2.avsc")
    with pytest.raises(SchemaError, match=r"policy\.v2\.avsc differs from policy\.v1\.avsc in no"):
        Registry.load(tmp_path)


def test_a_name_without_a_version_is_refused() -> None:
    """Asking for what is not there says which file to write."""
    with pytest.raises(SchemaError, match=r"alert\.v1\.avsc is missing; write it"):
        Registry([]).newest(SchemaName.ALERT)


@pytest.mark.parametrize(
    ("file", "content", "complaint"),
    [
        ("policy.avsc", b"{}", r"policy\.avsc is no name of a schema; call it like"),
        ("policy.v0.avsc", b"{}", r"policy\.v0\.avsc is no name of a schema"),
        ("parrot.v1.avsc", b"{}", r"parrot\.v1\.avsc has a name that is not in SchemaName"),
        ("policy.v1.avsc", b"\xff", r"policy\.v1\.avsc is no Avro schema"),
        ("policy.v1.avsc", b"{", r"policy\.v1\.avsc is no Avro schema"),
        ("policy.v1.avsc", b'"string"', r"policy\.v1\.avsc must define the record outreach\.Pol"),
        (
            "policy.v1.avsc",
            b'{"type": "record", "name": "outreach.Rule", "fields": []}',
            r"policy\.v1\.avsc must define the record outreach\.Policy",
        ),
        (
            "policy.v1.avsc",
            WITH_A_DOUBLE,
            r"policy\.v1\.avsc: the type .*double.* has no writer; do without",
        ),
    ],
)
def test_a_file_that_is_no_schema_of_ours_is_refused(
    file: str, content: bytes, complaint: str
) -> None:
    """The complaint names the file and what is wrong with it."""
    with pytest.raises(SchemaError, match=complaint):
        read_version(file, content)
