from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.transport.sqlite import SqliteLog


@pytest.fixture
def log(tmp_path: Path) -> Iterator[SqliteLog]:
    """Return an empty log."""
    with SqliteLog.open(tmp_path / "log.db") as log:
        yield log
