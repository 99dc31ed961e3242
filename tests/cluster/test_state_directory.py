from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.cluster import StateDirectoryInUseError
from pipeline.cluster._state_directory import claimed


def test_a_directory_is_claimed_once(tmp_path: Path) -> None:
    """Who comes second is told who has it; afterwards the next can have it."""
    directory = tmp_path / "new" / "state"
    with claimed(directory):
        with pytest.raises(StateDirectoryInUseError) as caught, claimed(directory):
            pass
        assert f"process {os.getpid()} (" in str(caught.value)
        assert "OUTREACH_STATE" in str(caught.value)
    with claimed(directory):
        pass


def test_other_directories_are_free(tmp_path: Path) -> None:
    """Workers on one machine have one each."""
    with claimed(tmp_path / "one"), claimed(tmp_path / "two"):
        pass
