from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.policy import Policy, load
from tests.policy.samples import Loader


@pytest.fixture
def policy_of(tmp_path: Path) -> Loader:
    """Load a policy file of this text."""

    def from_text(text: str) -> Policy:
        path = tmp_path / "policy.toml"
        path.write_text(text, "utf-8")
        return load(path)

    return from_text
