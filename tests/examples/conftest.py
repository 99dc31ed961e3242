from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def shipped_lines() -> list[str]:
    """Return the lines of the shipped log, each with its end."""
    packed = (EXAMPLES / "agency-quarter.jsonl.gz").read_bytes()
    return gzip.decompress(packed).decode("utf-8").splitlines(keepends=True)


@pytest.fixture(scope="session")
def shipped(shipped_lines: list[str]) -> list[dict[str, Any]]:
    """Return the events of the shipped log in the order of the file."""
    return [json.loads(line) for line in shipped_lines]


@pytest.fixture(scope="session")
def mistakes() -> list[str]:
    """Return the lines of the log with mistakes."""
    return (EXAMPLES / "with-mistakes.jsonl").read_text("utf-8").splitlines()
