from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli._command import outreach, outreach_here
from tests.report._systems import copy_of, serving
from tests.system._paused import sent_while_paused, touches
from tests.system.outreach import run
from tests.web._up import Up, up


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a folder with touches before and after now, and of another workspace."""
    base = tmp_path_factory.mktemp("paused")
    log = base / "log.jsonl"
    north = touches("n", 1, workspace="north", campaign_id="autumn")
    log.write_bytes(touches("before", -1) + touches("after", 1) + north)
    assert run(base / "data", log).status == 0
    return base / "data"


@pytest.fixture
def data(loaded: Path, tmp_path: Path) -> Path:
    """Return a copy of the folder, which nobody has open."""
    return copy_of(loaded, tmp_path / "data")


@pytest.fixture(scope="module")
def running(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """Run a copy of it."""
    with up(copy_of(loaded, tmp_path_factory.mktemp("running") / "data")) as system:
        yield system


def test_a_folder_that_nobody_has_open(data: Path) -> None:
    """What comes after the pause breaks the rule at once, and what came before does not.

    It says how to undo it; a rebuild keeps it, and nothing else is different.
    """
    paused = outreach("pause", "spring", "--data", data, "--reason", "a creator complained")
    assert (paused.status, paused.errors) == (0, "")
    said = "is paused: outreach in its name breaks the rule campaign_paused from now on."
    assert paused.text.splitlines() == [
        f"Campaign spring of workspace default {said}",
        f"Undo it with `outreach resume spring --data {data}`.",
    ]
    assert sent_while_paused(data) == ["after0", "after1"]
    assert outreach("rebuild", "--data", data).status == 0
    assert sent_while_paused(data) == ["after0", "after1"]

    resumed = outreach("resume", "spring", "--data", data)
    assert resumed.text.splitlines() == [
        "Campaign spring of workspace default goes on from now on.",
        f"Undo it with `outreach pause spring --data {data}`.",
    ]
    assert sent_while_paused(data) == []


def test_a_system_that_runs(running: Up) -> None:
    """It hears of it over HTTP, and its agents see to it."""
    told = outreach("pause", "spring", "--data", running.folder, "--json", "--reason", "why not")
    fact = json.loads(told.text)
    assert {name: fact[name] for name in ("workspace", "campaign_id", "paused", "by")} == {
        "workspace": "default",
        "campaign_id": "spring",
        "paused": True,
        "by": "person",
    }
    assert fact["reasons"] == ["why not"]
    running.until(lambda: sent_while_paused(running.folder) == ["after0", "after1"])
    over = json.loads(outreach("resume", "spring", "--data", running.folder, "--json").text)
    assert (over["paused"], over["at"] > fact["at"]) == (False, True)
    running.until(lambda: sent_while_paused(running.folder) == [])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["sprng"], "in workspace 'default'. Did you mean 'spring'?"),
        (["xyz"], "in workspace 'default'. There are 'spring'."),
        (["autumn"], "but in 'north': name it with --workspace W."),
        (["xyz", "--workspace", "w"], "There are workspaces 'default', 'north'."),
        ([""], "CAMPAIGN must be text of 1 to 512 characters."),
        (["spring", "--workspace", ""], "--workspace must be text of 1 to 512 characters."),
        (["spring", "--reason", ""], "--reason must be text of 1 to 1,000 characters."),
        (["spring", "--reason", "x" * 1001], "--reason must be text of 1 to 1,000 characters."),
        (["spring", "--reason", "a\udcff"], "--reason is no UTF-8 (at character 2)"),
        (["\udcff"], "CAMPAIGN is no UTF-8"),
    ],
)
def test_what_cannot_be_meant_is_refused(running: Up, arguments: list[str], says: str) -> None:
    """With those that may be meant, and nothing is paused."""
    refused = outreach("pause", *arguments, "--data", running.folder)
    assert (refused.status, refused.text) == (2, "")
    assert says in refused.complaint


def test_a_name_that_is_too_long_hinders_nobody(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There stands as much of it as there is room for."""
    monkeypatch.setenv("LOGNAME", "tess" * 100)
    fact = json.loads(outreach("pause", "spring", "--data", data, "--json").text)
    assert fact["name"] == "tess" * 50


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    """Nothing is made of it."""
    refused = outreach_here("pause", "spring", "--data", tmp_path / "none")
    assert (refused.status, "there is no such folder" in refused.complaint) == (2, True)
    assert not (tmp_path / "none").exists()


def test_without_a_system_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a folder nor a cluster is named."""
    monkeypatch.delenv("OUTREACH_KAFKA", raising=False)
    refused = outreach_here("resume", "spring")
    assert (refused.status, "Nothing says which system is meant" in refused.complaint) == (2, True)


def test_a_process_that_takes_no_decisions_is_named(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as one that only reads; one waits for it, but not for ever."""
    monkeypatch.setattr("pipeline.cli._deciding._PATIENCE_SECONDS", 0.0)
    with serving(data):
        refused = outreach_here("pause", "spring", "--data", data)
    assert refused.status == 2
    assert "is open in process" in refused.complaint
    assert "or wait until it has ended" in refused.complaint
