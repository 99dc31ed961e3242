from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any

import pytest

import schemas

FILES = sorted(
    (entry for entry in schemas.FOLDER.iterdir() if entry.name.endswith(".avsc")),
    key=lambda entry: entry.name,
)
each_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
MOMENT = {"type": "long", "logicalType": "timestamp-millis"}
SEALED = {"body", "creator_name", "words"}


def read(file: Traversable) -> dict[str, Any]:
    """Return the JSON of a schema."""
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


def records(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - any JSON
    """Yield every record that is defined in a schema."""
    if isinstance(schema, list):
        for item in schema:
            yield from records(item)
    elif isinstance(schema, dict):
        if schema.get("type") == "record":
            yield schema
        for value in schema.values():
            yield from records(value)


@each_file
def test_everything_is_documented(file: Traversable) -> None:
    """Every record and every field says what it is."""
    for record in records(read(file)):
        assert record["doc"].endswith(".")
        for field in record["fields"]:
            assert field["doc"].endswith("."), field["name"]


@each_file
def test_every_moment_says_its_unit_and_zone(file: Traversable) -> None:
    """What happens at a time is in milliseconds since 1970 in UTC, in the type and in words."""
    for record in records(read(file)):
        for field in record["fields"]:
            moment = field["type"] in (MOMENT, ["null", MOMENT])
            named_so = field["name"].endswith("_at") or field["name"] in {"at", "hour"}
            assert moment or not named_so, field["name"]
            assert moment == ("Milliseconds since 1970-01-01T00:00:00Z." in field["doc"])


@each_file
def test_personal_text_can_be_sealed(file: Traversable) -> None:
    """Bodies, names and quotes stand in the sealable record, which is the same everywhere."""
    schema = read(file)
    definitions = [record for record in records(schema) if record["name"] == "Sealable"]
    for record in records(schema):
        for field in record["fields"]:
            if field["name"] in SEALED:
                types = field["type"] if isinstance(field["type"], list) else [field["type"]]
                assert types[-1] in ("Sealable", *definitions), field["name"]
    for definition in definitions:
        assert [field["name"] for field in definition["fields"]] == ["bytes", "key_id"]


@each_file
def test_nothing_is_an_enum(file: Traversable) -> None:
    """A new platform, kind or rule must not break a reader of yesterday."""
    assert '"enum"' not in file.read_text(encoding="utf-8")
