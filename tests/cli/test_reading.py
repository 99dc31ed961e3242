from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipeline.cli._reading import NoSystemError, address_in, reading
from tests.cli._command import outreach, outreach_afresh, outreach_here, server_of
from tests.report._systems import copy_of


@pytest.mark.parametrize("which", ["folder", "served_folder"])
def test_report_reads_a_folder_whether_or_not_it_is_open(
    which: str, request: pytest.FixtureRequest
) -> None:
    """The same command reads a folder that nobody has open, and one that another process serves."""
    done = outreach_afresh("report", "--data", request.getfixturevalue(which))
    assert (done.status, done.errors) == (0, "")
    assert "16 of 55 attempts" in done.text


def test_report_reads_the_server_in_the_environment(
    served_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder the settings name the server."""
    for name, value in server_of(served_folder).items():
        monkeypatch.setenv(name, value)
    done = outreach("report", "--json", "--workspace", "south")
    assert done.status == 0
    assert json.loads(done.text)["headline"]["touches"] == 5


def test_folder_is_named_before_the_server(
    served_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever names a folder gets that folder, whatever the environment says."""
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_HOST", "nowhere.example")
    monkeypatch.setenv("OUTREACH_DATA", str(served_folder))
    assert outreach("report", "--campaign", "flash", "--json").status == 0


def test_many_may_read_a_folder_at_once(folder: Path) -> None:
    """Whoever is first opens the folder, and the others lose no answer when it closes it."""
    with ThreadPoolExecutor(4) as at_once:
        asked = [
            at_once.submit(outreach_afresh, "dead-letters", "list", "--json", "--data", folder)
            for _ in range(4)
        ]
        outcomes = [one.result() for one in asked]
    assert {(one.status, one.errors) for one in outcomes} == {(0, "")}
    assert {one.output.count(b"\n") for one in outcomes} == {2}


def test_folder_is_free_again_after_reading(folder: Path, tmp_path: Path) -> None:
    """A reader leaves neither a lock nor an endpoint behind."""
    copy = copy_of(folder, tmp_path / "data")
    assert outreach("report", "--data", copy).status == 0
    assert not (copy / "endpoint.json").exists()
    assert outreach("report", "--data", copy).status == 0


def test_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """A wrong name is an error that says what to do, and leaves nothing behind."""
    absent = tmp_path / "absent"
    done = outreach("report", "--data", absent)
    assert done.status == 2
    assert "there is no such folder" in done.complaint
    assert not absent.exists()


def test_folder_that_holds_nothing_stays_empty(tmp_path: Path) -> None:
    """An empty folder is no system, and reading does not make it one."""
    with (
        pytest.raises(NoSystemError, match="nothing was ever loaded into this folder"),
        reading(tmp_path),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_naming_nothing_tells_the_choices() -> None:
    """With neither folder nor server the error names both ways."""
    done = outreach("report")
    assert done.status == 2
    assert "--data DIR" in done.complaint
    assert "OUTREACH_CLICKHOUSE_HOST" in done.complaint
    assert done.output == b""


def test_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that is away is an error of one sentence, without a stack."""
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_HOST", "127.0.0.1")
    monkeypatch.setenv("OUTREACH_CLICKHOUSE_PORT", "1")
    done = outreach("report")
    assert done.status == 1
    assert "cannot be reached" in done.complaint
    assert "Traceback" not in done.complaint


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "OUTREACH_CLICKHOUSE_HOST"),
        ({"PORT": "http"}, "OUTREACH_CLICKHOUSE_PORT is 'http'"),
        ({"PORT": "0"}, "allowed: 1 to 65535"),
        ({"SECURE": "yes"}, "OUTREACH_CLICKHOUSE_SECURE is 'yes'"),
    ],
)
def test_wrong_settings_are_named(settings: dict[str, str], words: str) -> None:
    """An error names the variable, what it is and what it may be."""
    host = {"OUTREACH_CLICKHOUSE_HOST": "db.example"} if settings else {}
    given = {f"OUTREACH_CLICKHOUSE_{name}": value for name, value in settings.items()}
    with pytest.raises(NoSystemError, match=words):
        address_in(host | given)


def test_settings_left_out_have_defaults() -> None:
    """A secure server has another port, and a password is shown to nobody."""
    settings = {"OUTREACH_CLICKHOUSE_HOST": "db.example", "OUTREACH_CLICKHOUSE_SECURE": "1"}
    address = address_in(settings | {"OUTREACH_CLICKHOUSE_PASSWORD": "quiet"})
    assert (address.port, address.user, address.database) == (9440, "default", "outreach")
    assert address.password == "quiet"
    assert "quiet" not in repr(address)


def test_colours_can_be_switched_off(served_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option and the variable take the colours out of what a terminal would get."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    green = "\x1b[1;32m"
    assert green in outreach_here("report", "--data", served_folder).text
    assert green not in outreach_here("report", "--data", served_folder, "--no-color").text
    monkeypatch.setenv("NO_COLOR", "1")
    assert green not in outreach_here("report", "--data", served_folder).text


@pytest.mark.parametrize(
    "command",
    [
        ["report"],
        ["sql"],
        ["doctor"],
        ["migrate"],
        ["policy", "check"],
        ["policy", "show"],
        ["dead-letters", "list"],
    ],
)
def test_help_ends_in_examples(command: list[str]) -> None:
    """Every command shows how it is used, each example on a line of its own."""
    done = outreach_here(*command, "--help")
    assert done.status == 0
    examples = done.text.split("Examples:\n")[1].split("\n\n")[0].splitlines()
    assert examples
    assert [line for line in examples if f"outreach {' '.join(command)}" not in line] == []
