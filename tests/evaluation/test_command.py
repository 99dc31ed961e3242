from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from evaluation.__main__ import main
from evaluation.messages import Half, read_messages
from pipeline.signals import Element

APP = typer.Typer(add_completion=False)
APP.command()(main)


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(APP, arguments)


def test_a_half_is_printed_by_language() -> None:
    """The tables come with English first; nothing is promised of what was tuned on."""
    result = run("--messages", "--half", "tuned")
    assert result.exit_code == 0
    assert result.stdout.index("English") < result.stdout.index("German")
    assert "contact_email" in result.stdout
    assert "held" not in result.stdout


def test_the_status_tells_whether_a_goal_is_missed() -> None:
    """The JSON names every goal missed, and the status is 1 if there is one, unless told not to."""
    result = run("--messages", "--half", "held", "--json")
    report = json.loads(result.stdout)
    assert report[0]["title"].startswith("English: ")
    assert report[0]["goals"] == 30
    assert result.exit_code == int(any(section["missed"] for section in report))
    assert run("--messages", "--half", "held", "--json", "--no-goals").exit_code == 0


def test_the_whole_report_has_every_part() -> None:
    """Messages, campaigns and copies have their tables."""
    result = run("--rounds", "1", "--no-goals", "--seed", "5")
    assert result.exit_code == 0
    for title in ("English", "Campaigns by kind", "Campaign risk", "Copies in one cluster"):
        assert title in result.stdout
    assert "The public sets of texts are left out: --data names a folder" in result.stderr


def test_what_is_left_out_is_said_beside_the_json(tmp_path: Path) -> None:
    """Whoever names a folder and asks for the labelled messages alone is told."""
    result = run("--messages", "--half", "tuned", "--json", "--data", str(tmp_path))
    assert json.loads(result.stdout)
    assert result.stderr == "The public sets of texts are left out: --messages is given.\n"


def test_each_public_set_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before anything is judged, and before it is said what is wrong with another."""
    tmp_path.joinpath("sms-spam.tsv").write_text("perhaps\tWIN now\n")
    result = run("--json", "--data", str(tmp_path))
    assert (result.exit_code, result.stdout) == (2, "")
    for missing in ("youtube-spam/*.csv", "banking77/*.csv", "clinc-oos.json.gz"):
        assert f"{tmp_path / missing} is not there: this public set is left out." in result.stderr
    assert "'perhaps' as label" in result.stderr


@pytest.mark.parametrize("code", [Element.INTRODUCTION, Element.ASK])
def test_errors_of_the_half_held_out_stay_hidden(code: Element) -> None:
    """Errors are shown with their texts, and none of them was held out."""
    result = run("--errors", code.value)
    assert result.exit_code == 0
    held = [message for message in read_messages() if message.half is Half.HELD]
    lines = set(result.stdout.splitlines())
    assert not {message.body for message in held} & lines


def test_a_code_that_there_is_none_of_is_refused() -> None:
    """The codes that there are are named."""
    result = run("--errors", "rudeness")
    assert result.exit_code == 2
    assert "shouting" in result.output
