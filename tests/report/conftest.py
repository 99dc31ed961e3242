from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.report import Report, read_report
from pipeline.warehouse import Address
from tests.report._systems import copy_of, loaded_system, serving


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """Serve a warehouse that holds the sample log."""
    folder = loaded_system(tmp_path_factory)
    with serving(copy_of(folder, tmp_path_factory.mktemp("served") / "data")) as address:
        yield address


@pytest.fixture(scope="session")
def report(warehouse: Address) -> Report:
    """Return the report on the sample log."""
    return read_report(warehouse)
