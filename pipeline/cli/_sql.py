"""`outreach sql`: ask the warehouse anything."""

from __future__ import annotations

import re
import sys
from tempfile import TemporaryFile
from typing import Annotated

import typer

from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._native import copy_rows
from pipeline.cli._reading import SystemOption, answer
from pipeline.cli._rendering import FormatError, check_format, render

StatementArgument = Annotated[
    str,
    typer.Argument(
        metavar="SQL", help="The statement; - reads it from standard input.", show_default=False
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="F",
        help="Any output format of ClickHouse, such as JSONEachRow, CSVWithNames or Parquet; by "
        "default PrettyCompact on a terminal and TabSeparatedWithNames elsewhere.",
        show_default=False,
    ),
]
_FORMAT_CLAUSE = re.compile(r"\bFORMAT\s+(\w+)\s*;?\s*\Z", re.IGNORECASE)


@examples(
    'outreach sql "SELECT platform, count() FROM touches GROUP BY platform" --data DIR',
    'outreach sql "SELECT * FROM step_rates" --format Parquet --data DIR > step_rates.parquet',
    "outreach sql - --data DIR < question.sql",
)
def sql(
    context: typer.Context,
    statement: StatementArgument,
    *,
    data: SystemOption = None,
    output_format: FormatOption = None,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Ask the warehouse in SQL.

    Any statement of ClickHouse that changes nothing will do; the views need no prefix, and
    'SHOW TABLES' names them.
    """
    installation = Installation.of(context)
    text = sys.stdin.read() if statement == "-" else statement
    if not text.strip():
        raise installation.fail("The statement is empty; try 'SHOW TABLES'.")
    chosen = output_format or _format_in(text) or _usual_format(installation)
    try:
        check_format(chosen)
    except FormatError as error:
        raise installation.fail(str(error)) from None
    with TemporaryFile() as rows:
        if answer(installation, data, lambda address: copy_rows(address, text, rows)):
            colour = installation.output.is_terminal and not installation.output.no_color
            try:
                render(rows, chosen, sys.stdout.buffer, colour=colour)
            except FormatError as error:
                raise installation.fail(f"{chosen}: {error}", Exit.PROBLEMS) from None


def _format_in(statement: str) -> str | None:
    clause = _FORMAT_CLAUSE.search(statement)
    return clause[1] if clause else None


def _usual_format(installation: Installation) -> str:
    return "PrettyCompact" if installation.output.is_terminal else "TabSeparatedWithNames"
