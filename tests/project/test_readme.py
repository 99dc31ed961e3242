"""The README says what is true."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from typer.core import TyperGroup
from typer.main import get_command

from pipeline.cli._installation import Exit
from pipeline.cli._main import command_line
from pipeline.events import EventType
from pipeline.policy import check
from pipeline.rules import RuleCode
from tests.cli._command import outreach

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
COMMANDS = [line.strip() for line in README.splitlines() if line.startswith("    outreach ")]
QUERIES = [shlex.split(command)[2] for command in COMMANDS if command.startswith("outreach sql ")]


def section(title: str) -> str:
    """Return what stands below a title, up to the next one of the same rank."""
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def first_cells(text: str) -> list[str]:
    """Return the first cell of each row of a table, without its head."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [row.split("|")[1].strip().strip("`") for row in rows[2:]]


@pytest.fixture(scope="module")
def ask(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Load a short log, and return a way to ask its warehouse."""
    data = tmp_path_factory.mktemp("readme") / "data"
    loaded = outreach("run", root / "examples" / "with-mistakes.jsonl", "--data", data)
    assert loaded.status == Exit.PROBLEMS, loaded.errors

    def answer(query: str) -> str:
        asked = outreach("sql", query, "--data", data, "--format", "TSV")
        assert asked.status == Exit.DONE, asked.errors
        return asked.text

    return answer


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_exist(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command of the tour is one of ours, with arguments and options that it has."""
    (tmp_path / "agency.toml").touch()
    monkeypatch.chdir(tmp_path)
    command = get_command(command_line())
    words = shlex.split(line.partition(" > ")[0], comments=True)[1:]
    while isinstance(command, TyperGroup):
        name = words.pop(0)
        assert name in command.commands
        command = command.commands[name]

    # Raises when an argument is missing, or an option unknown.
    command.make_context(line, words)


@pytest.mark.parametrize("target", sorted(set(re.findall(r"(?:`| {4})make (\w+)", README))))
def test_targets_exist(root: Path, target: str) -> None:
    """Each target that it names is one of the Makefile."""
    makefile = (root / "Makefile").read_text("utf-8")

    assert re.search(rf"^{target}:.* ## ", makefile, re.MULTILINE)


@pytest.mark.parametrize("query", QUERIES)
def test_queries_run(ask: Callable[[str], str], query: str) -> None:
    """Each query of the tour is one that the warehouse understands."""
    ask(query)


def test_every_view_is_shown(ask: Callable[[str], str]) -> None:
    """The table of views has all that there are, and no other."""
    views = set(ask("SHOW TABLES").split())

    assert set(first_cells(section("What the data team sees"))) == views


def test_every_rule_is_shown() -> None:
    """The table of rules has all that there are, and no other."""
    assert set(first_cells(section("Cadence rules"))) == set(RuleCode)


def test_every_type_of_event_is_shown() -> None:
    """The table of events has all that there are, and no other."""
    assert set(first_cells(section("Events"))) == set(EventType)


def test_every_dependency_is_explained(pyproject: dict[str, Any]) -> None:
    """Each package that we need has a line that says why, and none is left over."""
    project = pyproject["project"]
    lines = chain(project["dependencies"], *project["optional-dependencies"].values())
    needed = {Requirement(line).name for line in lines}

    assert set(first_cells(section("What it is built on"))) == needed


def test_its_policy_is_sound(tmp_path: Path) -> None:
    """The policy of the tour is one that can be loaded."""
    path = tmp_path / "agency.toml"
    path.write_text(section("Five minutes").split("```toml\n")[1].split("```")[0], "utf-8")

    assert check(path).problems == ()


def test_its_rule_is_the_one_in_the_tree(root: Path) -> None:
    """The rule that it shows stands in the tree, word for word."""
    shown = README.split("```python\n")[1].split("```")[0]

    assert shown in (root / "pipeline" / "rules" / "follow_up_limit.py").read_text("utf-8")


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_links_lead_somewhere(root: Path, target: str) -> None:
    """Each link leads to a file of the tree."""
    assert (root / target).exists()


def test_every_folder_is_shown(root: Path) -> None:
    """The layout of the tree has every package of `pipeline/`, and no folder that is not there."""
    layout = section("How the tree is laid out").split("```")[1]
    shown = {name for line in layout.splitlines() for name in re.findall(r"(\w+)/", line)}
    packages = {path.parent.name for path in (root / "pipeline").glob("*/__init__.py")}

    assert packages <= shown
    assert all((root / name).is_dir() or name in packages for name in shown - {"reference"})
