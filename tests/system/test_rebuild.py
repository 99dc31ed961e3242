from __future__ import annotations

import random
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.folds._policies import Policy
from tests.reference import model
from tests.system._dense_log import START, dense_log
from tests.system._expected import by_policies, comparable, expected_views
from tests.system._log_files import shuffled, write_files
from tests.system._policy_file import SHIPPED, write_policy
from tests.system.outreach import ended_within, outreach, run, views_of

LOG = dense_log(seed=41, events=1_200)
STRICT = Policy(
    replace(model.Limits(), account_daily_cap=3, campaign_daily_cap=4, creator_contact_cap=1),
    effective_from=START + 15 * model.DAY,
)
KILLS = 8


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Fill a folder with two loads, the second under another policy, and lines that are bad."""
    data = tmp_path / "data"
    first, second = write_files(tmp_path / "log", shuffled(LOG, 1), 2)
    bad = tmp_path / "bad.jsonl"
    bad.write_bytes(b"no JSON\n\xff\n")
    run(data, first)
    run(data, second, policy=write_policy(tmp_path / "strict.toml", STRICT))
    assert outreach("run", bad, "--data", data).status == 1
    return data


def test_a_rebuild_comes_to_the_same_answer(data: Path) -> None:
    """Every view has the same rows again, by the policies of then, and the rates agree."""
    before = views_of(data)

    rebuilt = outreach("rebuild", "--data", data)

    assert rebuilt.status == 0, rebuilt.messages
    assert "differs" not in rebuilt.output
    assert views_of(data) == before
    assert comparable(before) == expected_views(LOG, by_policies(SHIPPED, STRICT))
    reconciled = outreach("reconcile", "--data", data)
    assert (reconciled.status, reconciled.output) == (0, "")


@pytest.mark.parametrize("lost", [["state"], ["warehouse"], ["state", "warehouse"]], ids="-".join)
def test_what_is_derived_may_be_thrown_away(data: Path, lost: list[str]) -> None:
    """Without the agents' state, the warehouse or both, the log alone restores every row."""
    before = views_of(data)
    for name in lost:
        shutil.rmtree(data / name)

    rebuilt = outreach("rebuild", "--data", data)

    assert rebuilt.status == (1 if "warehouse" in lost else 0), rebuilt.messages
    assert views_of(data) == before


def test_a_rebuild_may_be_killed(data: Path) -> None:
    """Whenever it is killed, and whichever command comes next, the answer is the same."""
    before = views_of(data)
    began = time.monotonic()
    outreach("rebuild", "--data", data)
    duration = time.monotonic() - began
    chance = random.Random(4)

    for _ in range(KILLS):
        ended_within(chance.uniform(0, duration), "rebuild", "--data", data)
    outreach("run", data.parent / "bad.jsonl", "--data", data)

    assert views_of(data) == before
