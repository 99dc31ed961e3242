from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import schemas
from pipeline.avro import SchemaError
from pipeline.avro.__main__ import main
from pipeline.avro._evolution import check_schemas, publish_schemas
from pipeline.avro._lock import FILE, read_lock

FOLDER = Path(schemas.__file__).parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of our schemas, all of them published."""
    copy = Path(shutil.copytree(FOLDER, tmp_path / "schemas", ignore=shutil.ignore_patterns(FILE)))
    publish_schemas(copy)
    return copy


def edit(folder: Path, source: str, target: str, change: Callable[[dict[str, Any]], None]) -> None:
    """Write one version as another, changed."""
    schema = json.loads((folder / f"{source}.avsc").read_text())
    change(schema)
    (folder / f"{target}.avsc").write_text(json.dumps(schema))


def field(schema: dict[str, Any], name: str) -> dict[str, Any]:
    """Return one field of a schema."""
    return next(field for field in schema["fields"] if field["name"] == name)


def test_our_schemas_are_sound() -> None:
    """Every version is published, unchanged, and read by all that came after it."""
    assert check_schemas(FOLDER) == []


def test_docs_may_change(folder: Path) -> None:
    """What a field means can be said better at any time."""
    edit(folder, "reply.v1", "reply.v1", lambda schema: schema.update(doc="A message."))
    edit(folder, "reply.v1", "reply.v1", lambda schema: field(schema, "kind").pop("doc"))
    assert check_schemas(folder) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda schema: field(schema, "occurred_at").update(type="long"),
        lambda schema: field(schema, "kind").update(default="story_reply"),
        lambda schema: schema["fields"].reverse(),
    ],
)
def test_a_published_version_never_changes(
    folder: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """Its types, defaults and order stay, for records of it are in the topics."""
    edit(folder, "reply.v1", "reply.v1", change)
    [problem] = check_schemas(folder)
    assert problem == (
        "reply.v1.avsc was published and differs from fingerprints.lock; restore it, "
        "and write the change as reply.v3.avsc"
    )


def test_a_published_version_never_goes(folder: Path) -> None:
    """A version that is gone leaves records that nobody can read."""
    (folder / "reply.v2.avsc").unlink()
    assert check_schemas(folder) == [
        "reply.v2.avsc was published and is gone; restore it, for records of it are in topics"
    ]


def test_a_new_version_reads_all_before_it(folder: Path) -> None:
    """The problem names file and field, says what to do, and keeps it from being published."""

    def lengthen(schema: dict[str, Any]) -> None:
        schema["fields"].append({"name": "language", "type": "string"})

    edit(folder, "reply.v2", "reply.v3", lengthen)
    problems = [
        f"reply.v3.avsc: language was not there and has no default; give it one "
        f"(else {older}.avsc is unreadable)"
        for older in ("reply.v1", "reply.v2")
    ]
    assert check_schemas(folder)[:2] == problems
    before = read_lock(folder)
    with pytest.raises(SchemaError, match="language was not there"):
        publish_schemas(folder)
    assert read_lock(folder) == before


def test_a_default_fits_its_type(folder: Path) -> None:
    """A default is what old records read as, so it is held to the type."""

    def lengthen(schema: dict[str, Any]) -> None:
        schema["fields"].append({"name": "language", "type": "string", "default": 7})
        schema["fields"].append({"name": "score", "type": ["null", "long"], "default": 7})

    edit(folder, "reply.v2", "reply.v3", lengthen)
    assert check_schemas(folder)[:2] == [
        "reply.v3.avsc: language has a default that its type does not hold",
        "reply.v3.avsc: score has a default that its type does not hold",
    ]


def test_no_number_is_left_out(folder: Path) -> None:
    """Versions count one by one."""
    edit(folder, "alert.v2", "alert.v4", lambda schema: field(schema, "risk").update(type="long"))
    assert check_schemas(folder)[0] == ("alert.v4.avsc comes where alert.v3.avsc is due; rename it")


def test_a_sound_new_version_is_published_once(folder: Path) -> None:
    """Publishing adds what is new to the lock, and leaves the rest as it was."""
    edit(folder, "alert.v2", "alert.v3", lambda schema: field(schema, "risk").update(type="long"))
    [problem] = check_schemas(folder)
    assert problem.startswith("alert.v3.avsc is not published; run `python -m pipeline.avro")
    before = read_lock(folder)
    assert publish_schemas(folder) == ["alert.v3"]
    assert publish_schemas(folder) == []
    assert check_schemas(folder) == []
    assert before.items() < read_lock(folder).items()


def test_a_broken_lock_is_a_problem(folder: Path) -> None:
    """A lock that a merge has torn is neither believed nor replaced."""
    (folder / FILE).write_text("<<<<<<<\n")
    [problem] = check_schemas(folder)
    assert problem.startswith("fingerprints.lock has the line '<<<<<<<'; write a label")
    with pytest.raises(SchemaError, match="has the line"):
        publish_schemas(folder)


def test_the_command_checks(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It says that all is well, or what is wrong, and exits accordingly."""
    assert main(["--folder", str(folder)]) == 0
    assert capsys.readouterr().out.startswith("Every schema is published")
    (folder / "alert.v1.avsc").unlink()
    assert main(["--folder", str(folder)]) == 1
    assert main(["--folder", str(folder), "--publish"]) == 1
    assert capsys.readouterr().err.count("alert.v1.avsc was published and is gone") == 2


def test_the_command_publishes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--publish` starts a lock where there is none."""
    (folder / FILE).unlink()
    assert main(["--folder", str(folder), "--publish"]) == 0
    assert "published reply.v2\n" in capsys.readouterr().out
    assert check_schemas(folder) == []
