"""Reads the data file of this package; the one place of it that reads any."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any


def read_weights() -> dict[str, Any]:
    """Return the content of `tables/weights.toml`. Blocks while it reads the file."""
    return tomllib.loads(files(__package__).joinpath("tables", "weights.toml").read_text("utf-8"))
