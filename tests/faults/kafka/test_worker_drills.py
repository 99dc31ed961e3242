from __future__ import annotations

from pathlib import Path

import pytest

from deploy.kafka import Cluster as Brokers
from tests.faults._drill import Setting
from tests.faults._reference import Reference
from tests.faults._running import run
from tests.faults.conftest import SEED

ROUNDS = {"workers-in-turn": 3, "crash-workers": 3}


@pytest.mark.parametrize("drill", ROUNDS)
def test_every_view_is_as_without_the_fault(
    drill: str, compared: Reference, broker: Brokers, tmp_path: Path
) -> None:
    """Row for row, whatever struck in the middle of the work; and the rates agree."""
    result = run(Setting(drill, ROUNDS[drill], SEED, tmp_path / drill, compared, brokers=broker))
    assert result.is_sound, result.complaint
