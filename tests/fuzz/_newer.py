"""A newer version of the product: one that knows two more versions of the schema of replies.

A newer sender writes the third, with a field that the first readers do not know. The newest does
without the field again, so that this program can write it, too.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import avro.schema
from avro.schemanormalization import Fingerprint, ToParsingCanonicalForm

from pipeline.avro._evolution import publish_schemas
from schemas import FOLDER
from tests.fuzz._published import MARKER, Record, write_value
from tests.fuzz._sound import record_of
from tests.reference.model import Event
from tests.system.outreach import Ended, outreach_afresh


def newer_version(folder: Path) -> dict[str, str]:
    """Make it; return the variables with which a command is of that version."""
    schemas = folder / "schemas"
    with_files = Path(str(FOLDER))
    shutil.copytree(with_files, schemas, ignore=shutil.ignore_patterns("__pycache__"))
    second = json.loads((schemas / "reply.v2.avsc").read_text("utf-8"))
    fields = second["fields"]
    (schemas / "reply.v3.avsc").write_text(json.dumps(_third()), "utf-8")
    (schemas / "reply.v4.avsc").write_text(json.dumps(second | {"fields": fields[::-1]}), "utf-8")
    assert publish_schemas(schemas) == ["reply.v3", "reply.v4"]
    return {"PYTHONPATH": str(folder), "PYTHONSAFEPATH": "1"}


def third_schema() -> str:
    """Return the schema of the newer sender."""
    return json.dumps(_third())


def _third() -> dict[str, Any]:
    second: dict[str, Any] = json.loads(FOLDER.joinpath("reply.v2.avsc").read_text("utf-8"))
    language = {"name": "language", "type": ["null", "string"], "default": None}
    return second | {"fields": [*second["fields"][:3], language, *second["fields"][3:]]}


def by_the_newer_sender(event: Event) -> bytes:
    """Return a reply as a single object of the third version."""
    parsed = avro.schema.parse(third_schema())
    head: bytes = MARKER + Fingerprint(ToParsingCanonicalForm(parsed), "CRC-64-AVRO")
    record: Record = record_of(event) | {"language": "en"}
    return head + write_value(parsed, record)


def outreach(variables: Mapping[str, str], *arguments: str | Path) -> Ended:
    """Run a command to its end, of the version that the variables name."""
    return outreach_afresh(*arguments, environment={**os.environ, **variables})
