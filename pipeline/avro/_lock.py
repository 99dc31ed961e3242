"""The published schema versions, by name and digest: `fingerprints.lock`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.avro._registry import SchemaVersion

FILE = "fingerprints.lock"

_HEADING = """\
# Published schema versions: what stands here was written to a topic, and never changes.
# `python -m pipeline.avro` checks it, `python -m pipeline.avro --publish` adds new versions.
"""


def digest(version: SchemaVersion) -> str:
    """Return the SHA-256, in hexadecimal, of all that is not documentation.

    That is more than the Parsing Canonical Form, which leaves out defaults: with another
    default, old records would read as something else.
    """
    form = json.dumps(_without_docs(version.definition), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()


def read_lock(folder: Path) -> dict[str, str]:
    """Return the digests by label (`reply.v2`); empty where nothing is published yet.

    Raises ValueError for a line that is no label and digest.
    """
    path = folder / FILE
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(_entry(line) for line in lines if line and not line.startswith("#"))


def write_lock(folder: Path, digests: Mapping[str, str]) -> None:
    """Replace the file, in the order of the labels."""
    lines = [f"{label} {digests[label]}\n" for label in sorted(digests)]
    (folder / FILE).write_text(_HEADING + "".join(lines), encoding="utf-8")


def _entry(line: str) -> tuple[str, str]:
    label, separator, hexadecimal = line.partition(" ")
    if not separator:
        raise ValueError(f"{FILE} has the line {line!r}; write a label and a digest, or restore it")
    return label, hexadecimal


def _without_docs(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(schema, Mapping):
        return {key: _without_docs(value) for key, value in schema.items() if key != "doc"}
    if isinstance(schema, list):
        return [_without_docs(item) for item in schema]
    return schema
