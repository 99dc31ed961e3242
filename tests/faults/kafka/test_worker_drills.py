from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults._reference import Reference
from tests.faults._registry import WORKERS
from tests.faults._running import run
from tests.faults.conftest import SEED

ROUNDS = {"crash-workers": 6}


@pytest.mark.parametrize("drill", WORKERS)
def test_every_view_is_as_without_the_fault(
    drill: str, compared: Reference, tmp_path: Path
) -> None:
    """Row for row, whatever struck in the middle of the work; and the rates agree."""
    result = run(drill, tmp_path / drill, compared, SEED, ROUNDS.get(drill, 1))
    assert result.is_sound, result.complaint
