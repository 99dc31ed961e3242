from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.report._systems import copy_of, loaded_system
from tests.web._up import Up, up


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Run a system with the sample log, which no test adds to."""
    folder = copy_of(loaded_system(tmp_path_factory), tmp_path_factory.mktemp("served") / "data")
    with up(folder) as system:
        yield system


@pytest.fixture(scope="session")
def growing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Run a system that is empty at first; each test adds to a workspace of its own."""
    with up(tmp_path_factory.mktemp("growing") / "data") as system:
        yield system
