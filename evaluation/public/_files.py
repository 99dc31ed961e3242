"""The files of the public sets, as far as they can be read."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class PublicSetError(Exception):
    """A file is not what its authors give away; says which one, and what is wrong with it."""


def read_text(file: Path) -> str:
    r"""Return what a file holds, with `\n` at the end of each line. Raises PublicSetError."""
    return _decoded(file, _content(file)).replace("\r\n", "\n").replace("\r", "\n")


def read_rows(file: Path, *columns: str) -> Iterator[tuple[str, ...]]:
    """Yield these columns of a CSV, of each row below its heads. Raises PublicSetError."""
    rows = csv.DictReader(io.StringIO(_decoded(file, _content(file)), newline=""))
    try:
        for column in columns:
            if column not in (rows.fieldnames or ()):
                raise PublicSetError(f"{file} has no column {column}")
        for row in rows:
            for column in columns:
                # So it is where a row is shorter than the heads.
                if row[column] is None:
                    raise PublicSetError(f"{file} has no {column} in line {rows.line_num}")
            yield tuple(row[column] for column in columns)
    except csv.Error as error:
        raise PublicSetError(f"{file} is no CSV ({error})") from None


def read_json(file: Path) -> Any:  # noqa: ANN401 - JSON of any shape
    """Return what JSON holds that is packed with gzip. Raises PublicSetError."""
    packed = _content(file)
    try:
        return json.loads(_decoded(file, gzip.decompress(packed)))
    except (OSError, EOFError, zlib.error) as error:
        raise PublicSetError(f"{file} is no gzip ({error})") from None
    except ValueError as error:
        raise PublicSetError(f"{file} is no JSON ({error})") from None


def _content(file: Path) -> bytes:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise PublicSetError(f"{file}: {error.strerror}") from None
    if not content.strip():
        raise PublicSetError(f"{file} is empty")
    return content


def _decoded(file: Path, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublicSetError(f"{file} is no UTF-8 (at byte {error.start})") from None
