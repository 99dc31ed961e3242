"""The report, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from evaluation._figures import Figure
from evaluation._section import Cell, Section
from evaluation.messages import Error

_WIDTH = 140
"""Where no terminal has a width of its own, tables are not to be broken."""


def console_for_report() -> Console:
    """Return the standard output, as wide as the tables are where it is no terminal."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def print_section(console: Console, section: Section) -> None:
    """Print one table, and below it which goals are missed."""
    table = Table(title=section.title, title_justify="left", title_style="bold", box=None)
    for place, head in enumerate(section.heads):
        # Where a terminal is narrow, an interval goes below its figure.
        table.add_column(head, justify="right" if place else "left", no_wrap=not place)
    for row in section.rows:
        table.add_row(*map(_shown, row))
    console.print(table)
    for note in section.notes:
        console.print(escape(note), style="dim", highlight=False)
    if section.goals:
        console.print(_verdict(section))
    console.print()


def print_errors(console: Console, errors: Iterable[Error]) -> None:
    """Print messages that were judged wrongly, each with what misled."""
    for error in errors:
        message = error.judged.message
        misled = f", misled by: {error.words}" if error.words else ""
        console.print(f"{error.kind}, {message.language}{misled}", style="bold", markup=False)
        console.print(message.body, markup=False, highlight=False)
        console.print()


def as_json(sections: Iterable[Section]) -> str:
    """Return the report as JSON: each section with its rows by head, and the goals it misses."""
    return json.dumps([_fields(section) for section in sections], ensure_ascii=False, indent=2)


def _verdict(section: Section) -> Text:
    missed, goals = section.missed, len(section.goals)
    if missed:
        named = "; ".join(map(str, missed))
        return Text(f"Missed {len(missed)} of {goals} goals: {named}.", style="red")
    return Text("The goal is met." if goals == 1 else f"All {goals} goals are met.", style="green")


def _fields(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "rows": [
            {head: _value(cell) for head, cell in zip(section.heads, row, strict=True)}
            for row in section.rows
        ],
        "notes": section.notes,
        "goals": len(section.goals),
        "missed": [str(goal) for goal in section.missed],
    }


def _value(cell: Cell) -> Any:  # noqa: ANN401 - whatever JSON can hold
    return cell._asdict() if isinstance(cell, Figure) else cell


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return "-"
        case Figure():
            return escape(str(cell))
        case int():
            return f"{cell:,}"
    return escape(cell)
