"""Reads the data files of this package; the one place of it that reads any."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_table(name: str) -> dict[str, Any]:
    """Return the content of `tables/NAME.toml`. Blocks while it reads the file."""
    return _read("tables", name)


def read_language(name: str) -> dict[str, Any]:
    """Return the content of `lexicons/NAME.toml`. Blocks while it reads the file."""
    return _read("lexicons", name)


def _read(folder: str, name: str) -> dict[str, Any]:
    file = files(__package__).joinpath(folder, f"{name}.toml")
    return tomllib.loads(file.read_text("utf-8"))
