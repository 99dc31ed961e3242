"""The hand-written data beside this package: names, captions, phrases, brands and campaigns."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "de", "es", "fr", "pt")

_FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """Return one data file, named without its ending, such as `replies/en`; do not change it."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text("utf-8"))


def names_in(folder: str) -> list[str]:
    """Return the names of a folder's data files in the order of the alphabet."""
    return sorted(path.stem for path in (_FOLDER / folder).glob("*.toml"))
