"""`--alerts` and OUTREACH_ALERTS of the commands that run the agents."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli._command import Outcome, outreach
from tests.web._up import start, up

TOLD = '[notifiers.on-call]\nkind = "webhook"\nurl = "http://127.0.0.1:9/"\nsecret = "sesame"\n'
WRONG = f'{TOLD}\n[[routes]]\nnotifiers = ["on-cal"]\n'


@pytest.fixture(params=["option", "variable"])
def given(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Path, list[str]]:
    """Return a file, and the options with which a command is given it, if it is not by variable."""
    file = tmp_path / "alerts.toml"
    if request.param == "option":
        return file, ["--alerts", str(file)]
    monkeypatch.setenv("OUTREACH_ALERTS", str(file))
    return file, []


def worker(*options: str) -> Outcome:
    """Start a worker of a cluster that is not there."""
    return outreach("worker", *options)


@pytest.fixture(autouse=True)
def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have no settings from outside, and name servers that nobody runs."""
    monkeypatch.delenv("OUTREACH_ALERTS", raising=False)
    monkeypatch.setenv("OUTREACH_KAFKA", "127.0.0.1:9")
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_HOST", "127.0.0.1")


def test_up_says_who_is_told(tmp_path: Path, given: tuple[Path, list[str]]) -> None:
    """Whoever starts it sees whether the file has been found."""
    file, options = given
    file.write_text(TOLD)
    with up(tmp_path / "data", *options) as system:
        assert "Alerts      told to on-call\n" in system.said


def test_up_says_once_that_nobody_is_told(tmp_path: Path) -> None:
    """Without a file alerts are only in the views, and it says how to change that."""
    with up(tmp_path / "data") as system:
        assert system.said.count("nobody is told; --alerts FILE names who is") == 1


def test_up_refuses_a_file_that_is_wrong(tmp_path: Path, given: tuple[Path, list[str]]) -> None:
    """Its name, the line, the key and what is allowed are named before anything is made."""
    file, options = given
    file.write_text(WRONG)
    with start(tmp_path / "data", *options) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    said = " ".join(errors.split())
    assert said.startswith(f'{file}:7: routes[1].notifiers is "on-cal" (did you mean on-call?)')
    assert not (tmp_path / "data").exists()


def test_a_worker_refuses_a_file_that_is_wrong(given: tuple[Path, list[str]]) -> None:
    """Before it asks any server for anything."""
    file, options = given
    file.write_text(WRONG)
    refused = worker(*options)
    assert refused.status == 2
    assert f'{file}:7: routes[1].notifiers is "on-cal"' in refused.complaint


def test_a_file_that_is_not_there_is_named(tmp_path: Path, given: tuple[Path, list[str]]) -> None:
    """Both commands say that it cannot be read."""
    file, options = given
    refused = worker(*options)
    assert (refused.status, f"{file}: this is unreadable" in refused.complaint) == (2, True)
    with start(tmp_path / "data", *options) as process:
        _, errors = process.communicate()
    assert (process.returncode, "this is unreadable" in errors) == (2, True)
