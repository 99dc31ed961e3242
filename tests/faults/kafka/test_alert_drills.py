from __future__ import annotations

from pathlib import Path

from deploy.kafka import Cluster as Brokers
from tests.faults._drill import Setting
from tests.faults._reference import Reference
from tests.faults._running import run
from tests.faults.conftest import SEED


def test_the_other_worker_tells_of_it_as_the_same(
    compared: Reference, broker: Brokers, tmp_path: Path
) -> None:
    """The worker that tells of an alert is killed: there is one alert, under one key."""
    name = "kill-telling-worker"
    result = run(Setting(name, 2, SEED, tmp_path / name, compared, brokers=broker))
    assert result.is_sound, result.complaint
