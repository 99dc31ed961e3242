from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report._systems import copy_of, loaded_system, serving


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in ("HOST", "PORT", "USER", "PASSWORD", "DATABASE", "SECURE"):
        monkeypatch.delenv(f"OUTREACH_CLICKHOUSE_{name}", raising=False)
    for name in ("OUTREACH_DATA", "OUTREACH_POLICY", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the sample log, which nobody has open."""
    return loaded_system(tmp_path_factory)


@pytest.fixture(scope="session")
def served_folder(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a copy of it, which another process has open and serves."""
    copy = copy_of(folder, tmp_path_factory.mktemp("served") / "data")
    with serving(copy):
        yield copy
