"""Events as lines of a file."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def write(path: Path, events: Iterable[dict[str, Any]]) -> int:
    """Write one JSON line for each event, and return how many.

    A path that ends in `.gz` is compressed, with neither a name nor a time in its head, so that
    equal events make an equal file wherever zlib is the same. Raises OSError if it cannot write.
    """
    lines = [line(event) for event in events]
    content = "".join(lines).encode("utf-8")
    if path.suffix != ".gz":
        path.write_bytes(content)
        return len(lines)
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as packed,
    ):
        packed.write(content)
    return len(lines)


def line(event: dict[str, Any]) -> str:
    """Return the event as one line of JSON, the line's end included."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":")) + "\n"
