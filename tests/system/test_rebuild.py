from __future__ import annotations

import random
import shutil
import time
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.folds._policies import Policy
from tests.reference import model
from tests.report._systems import copy_of
from tests.system._blast import BLAST
from tests.system._dense_log import START, dense_log
from tests.system._expected import by_policies, comparable, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system._policy_file import SHIPPED, write_policy
from tests.system.outreach import (
    Views,
    ended_within,
    outreach,
    outreach_afresh,
    run,
    views_of,
)

LOG = [*dense_log(seed=41, events=1_200), *BLAST]
STRICT = Policy(
    replace(model.Limits(), account_daily_cap=3, campaign_daily_cap=4, creator_contact_cap=1),
    effective_from=START + 15 * model.DAY,
)
KILLS = 8


class Loaded(NamedTuple):
    """A system to rebuild, and what it showed."""

    data: Path
    bad: Path
    """The file that was loaded last."""
    views: Views


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    """Fill a folder with two loads, the second under another policy, and lines that are bad."""
    folder = tmp_path_factory.mktemp("loaded")
    data, bad = folder / "data", folder / "bad.jsonl"
    first, second = write_files(folder / "log", shuffled(LOG, 1), 2)
    bad.write_bytes(b"no JSON\n\xff\n")
    run(data, first)
    run(data, second, policy=write_policy(folder / "strict.toml", STRICT))
    assert outreach("run", bad, "--data", data).status == 1
    return Loaded(data, bad, views_of(data))


@pytest.fixture
def data(loaded: Loaded, tmp_path: Path) -> Path:
    """Return a copy of the folder, which the test may rebuild."""
    return copy_of(loaded.data, tmp_path / "data")


def test_a_rebuild_comes_to_the_same_answer(loaded: Loaded, data: Path) -> None:
    """Every view has the same rows again, by the policies of then, and the rates agree."""
    before = loaded.views

    rebuilt = outreach("rebuild", "--data", data)

    assert rebuilt.status == 0, rebuilt.messages
    assert "differs" not in rebuilt.output
    assert views_of(data) == before
    assert before["alerts"]
    assert comparable(before) == expected_views(LOG, by_policies(SHIPPED, STRICT))
    reconciled = outreach("reconcile", "--data", data)
    assert (reconciled.status, reconciled.output) == (0, "")


@pytest.mark.parametrize("lost", [["state"], ["warehouse"], ["state", "warehouse"]], ids="-".join)
def test_what_is_derived_may_be_thrown_away(loaded: Loaded, data: Path, lost: list[str]) -> None:
    """Without the agents' state, the warehouse or both, the log alone restores every row."""
    for name in lost:
        shutil.rmtree(data / name)

    rebuilt = outreach("rebuild", "--data", data)

    assert rebuilt.status == (1 if "warehouse" in lost else 0), rebuilt.messages
    assert views_of(data) == loaded.views


def test_a_rebuild_may_be_killed(loaded: Loaded, data: Path) -> None:
    """Whenever it is killed, and whichever command comes next, the answer is the same."""
    began = time.monotonic()
    outreach_afresh("rebuild", "--data", data)
    duration = time.monotonic() - began
    chance = random.Random(4)

    for _ in range(KILLS):
        ended_within(chance.uniform(0, duration), "rebuild", "--data", data)
    outreach("run", loaded.bad, "--data", data)

    assert views_of(data) == loaded.views
