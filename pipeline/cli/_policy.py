"""`outreach policy`: check a policy file before it is loaded, and see what it amounts to."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._policy_load import load
from pipeline.cli._policy_settings import EffectiveSetting, effective_settings
from pipeline.policy import DEFAULT_POLICY, Change, Policy, Problem
from pipeline.policy import check as check_file

policy = typer.Typer(
    no_args_is_help=True,
    help="Check a policy file, show what holds with it, and load it into a cluster.",
)
FileArgument = Annotated[
    Path,
    typer.Argument(help="A policy file.", exists=True, dir_okay=False, show_default=False),
]
OptionalFileArgument = Annotated[
    Path | None,
    typer.Argument(
        help="A policy file; without one the shipped defaults are shown.",
        exists=True,
        dir_okay=False,
        show_default=False,
    ),
]


policy.command()(load)


@policy.command()
@examples("outreach policy check agency.toml")
def check(
    context: typer.Context,
    file: FileArgument,
    *,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Name every problem of a policy file.

    Where it is sound, print what it changes of the shipped defaults.
    """
    installation = Installation.of(context)
    checked = check_file(file)
    if checked.policy is None:
        _print_problems(installation, checked.problems)
        raise typer.Exit(Exit.PROBLEMS)
    _print_changes(installation, file, checked.policy, checked.changes)


@policy.command()
@examples("outreach policy show", "outreach policy show agency.toml")
def show(
    context: typer.Context,
    file: OptionalFileArgument = None,
    *,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Print every setting that holds.

    Beside it stands for whom it holds, and where its value comes from: the platform itself
    (official), makers of outreach tools (vendor), or our own judgement (house).
    """
    installation = Installation.of(context)
    shown = DEFAULT_POLICY
    if file is not None:
        checked = check_file(file)
        if checked.policy is None:
            _print_problems(installation, checked.problems)
            raise typer.Exit(Exit.PROBLEMS)
        shown = checked.policy
    _print_effective(installation, shown)


def _print_problems(installation: Installation, problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        installation.messages.print(
            Text(str(problem)), style="red", soft_wrap=True, highlight=False
        )


def _print_changes(
    installation: Installation, file: Path, checked: Policy, changes: tuple[Change, ...]
) -> None:
    say = installation.output.print
    say(Text(f"{file} is sound. {_when(checked)}"), style="green", soft_wrap=True)
    if not changes:
        say("No setting differs from the shipped defaults.")
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("For", "Setting", "Shipped", "Here", "Source"):
        table.add_column(column, overflow="fold")
    for change in changes:
        table.add_row(
            Text(change.scope),
            change.key,
            Text(change.default, style="dim"),
            Text(change.value, style="bold"),
            change.source.value,
        )
    say(table)


def _print_effective(installation: Installation, shown: Policy) -> None:
    say = installation.output.print
    say(Text(_when(shown)), soft_wrap=True)
    key = ""
    settings = list(effective_settings(shown))
    widest = max(len(setting.scope) for setting in settings)
    for setting in settings:
        if setting.key != key:
            key = setting.key
            say()
            say(Text(key, style="bold"))
        say(_setting_line(setting, widest))
        if setting.note:
            say(Padding(Text(setting.note, style="dim"), (0, 0, 0, 6)))
    zones = len(shown.own.account)
    if zones:
        say()
        say(f"{zones} accounts have time zones of their own.")


def _setting_line(setting: EffectiveSetting, widest: int) -> Text:
    line = Text(f"  {setting.scope:{widest}}  ")
    line.append(f"{setting.value:12}", style="bold")
    line.append(f" {setting.source.value:9}", style="cyan")
    return line.append("yours" if setting.is_own else "shipped", style="dim")


def _when(shown: Policy) -> str:
    document = shown.own.model_dump(mode="json")
    moment = document["effective_from"]
    return "It holds from when it is loaded." if moment is None else f"It holds from {moment}."
