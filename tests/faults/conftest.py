"""One small log for all drills of a test process, and what comes of it without a fault."""

from __future__ import annotations

import pytest

from tests.faults._reference import Reference, reference

SEED = 20
EVENTS = 1_200


@pytest.fixture(scope="session")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Return what every drill is compared with."""
    return reference(tmp_path_factory.mktemp("reference"), SEED, EVENTS)
