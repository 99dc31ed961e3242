"""The one entry point of the command line."""

from __future__ import annotations

import typer

from pipeline.cli._installation import Installation
from pipeline.cli._report import report
from pipeline.cli._run import run
from pipeline.cli._sql import sql
from pipeline.worker import AppFactory

COMMANDS = (run, report, sql)
"""Every command; its name and its help are those of its function."""


def main(make_app: AppFactory) -> None:
    """Run the command that the process's arguments name, and end the process with its status."""
    command_line()(obj=Installation(make_app))


def command_line() -> typer.Typer:
    """Return the command line with all commands."""
    app = typer.Typer(
        name="outreach",
        help="Direct-message outreach: cadence rules audited, response rates exact.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_callback)
    for command in COMMANDS:
        app.command(command.__name__.replace("_", "-"))(command)
    return app


def _callback() -> None:
    """Direct-message outreach: cadence rules audited, response rates exact."""
