from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.web._up import Up


def test_says_that_all_is_well(served: Up) -> None:
    """A system that has processed everything is well, and nothing is left to do."""
    answer = served.ask("/health")
    assert answer.status == 200
    assert answer.json == {
        "status": "ok",
        "agents_run": True,
        "warehouse_answers": True,
        "lag": 0,
    }


def test_says_what_is_not_well(tmp_path: Path) -> None:
    """Without its warehouse or its agents a system fails, and health says which of them it is."""
    command = [sys.executable, "-W", "error", "-m", "tests.web._unwell", str(tmp_path / "data")]
    done = subprocess.run(command, capture_output=True, check=True)
    (well, _), warehouse_away, agents_stopped = json.loads(done.stdout)
    assert well == 200
    assert warehouse_away == [
        503,
        {"status": "failing", "agents_run": True, "warehouse_answers": False, "lag": 0},
    ]
    assert agents_stopped == [
        503,
        {"status": "failing", "agents_run": False, "warehouse_answers": True, "lag": None},
    ]
