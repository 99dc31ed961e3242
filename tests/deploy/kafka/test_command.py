"""What `python -m deploy.kafka` refuses before it starts anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.kafka import running_cluster
from deploy.kafka.__main__ import main


@pytest.mark.parametrize("arguments", [["--brokers", "2"], ["--port", "http"], ["data"]])
def test_wrong_use_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The error says how it is used."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage: python -m deploy.kafka" in capsys.readouterr().err


def test_two_brokers_are_refused(tmp_path: Path) -> None:
    """With two, none may be down, so there is nothing to try with them."""
    with (
        pytest.raises(ValueError, match="1 broker or 3, not 2"),
        running_cluster(directory=tmp_path, brokers=2),
    ):
        pass


def test_a_log_directory_needs_its_broker(tmp_path: Path) -> None:
    """Places are counted from 0, as in the cluster."""
    with (
        pytest.raises(ValueError, match="log_directories is for brokers 0 to 0"),
        running_cluster(directory=tmp_path, log_directories={1: tmp_path}),
    ):
        pass
