from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults._drill import Setting
from tests.faults._reference import Reference
from tests.faults._running import run
from tests.faults.conftest import SEED

ROUNDS = {
    "kill-embedded": 2,
    "crash-embedded": 3,
    "kill-telling-embedded": 3,
    "warehouse-in-turn": 6,
    "stuck-files-embedded": 1,
}
"""A warehouse has six ways to fail, and a commit has three points at which to die."""


@pytest.mark.parametrize("drill", ROUNDS)
def test_every_view_is_as_without_the_fault(
    drill: str, compared: Reference, tmp_path: Path
) -> None:
    """Row for row, whatever struck in the middle of the work; and the rates agree."""
    result = run(Setting(drill, ROUNDS[drill], SEED, tmp_path / drill, compared))
    assert result.is_sound, result.complaint
