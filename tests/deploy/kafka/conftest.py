from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the root of the tree."""
    return Path(__file__).parents[3]
