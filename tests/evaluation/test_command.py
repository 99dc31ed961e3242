from __future__ import annotations

import json

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
    """Messages, campaigns and copies have their tables, and what is left out is said."""
    result = run("--rounds", "1", "--no-goals", "--seed", "5")
    assert result.exit_code == 0
    for title in ("English", "Campaigns by kind", "Campaign risk", "Copies in one cluster"):
        assert title in result.stdout
    assert "The public sets of texts are left out" in result.stdout


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
