"""`outreach doctor`: what is wrong here, and what to do about it."""

from __future__ import annotations

import os

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._reading import SystemOption
from pipeline.cli.doctor import Finding, State, examine

_MARKS = {State.SOUND: ("✓", "green"), State.NOTE: ("•", "yellow"), State.WRONG: ("✗", "bold red")}


@examples("outreach doctor", "outreach doctor --data DIR")
def doctor(
    context: typer.Context,
    *,
    data: SystemOption = None,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Look for what is wrong, and say what to do.

    Examines this installation, and the embedded system or the ClickHouse server that is named. Ends
    with status 1 if something is wrong.
    """
    installation = Installation.of(context)
    with installation.messages.status("Examining"):
        findings = list(examine(installation.make_app, data, os.environ))
    installation.output.print(_table(findings))
    problems = sum(finding.state is State.WRONG for finding in findings)
    if problems:
        noun = "problem" if problems == 1 else "problems"
        raise installation.fail(f"{problems} {noun} found.", Exit.PROBLEMS)


def _table(findings: list[Finding]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        mark, style = _MARKS[finding.state]
        said = Text(finding.found)
        if finding.advice:
            said.append(f"\n→ {finding.advice}", style=style)
        table.add_row(Text(mark, style=style), Text(finding.subject, style="bold"), said)
    return table
