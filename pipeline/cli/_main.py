"""The one entry point of the command line."""

from __future__ import annotations

import gc

import typer

from pipeline.cli._alerts import alerts
from pipeline.cli._check import check
from pipeline.cli._dead_letters import dead_letters
from pipeline.cli._doctor import doctor
from pipeline.cli._import import import_
from pipeline.cli._installation import Installation
from pipeline.cli._migrate import migrate
from pipeline.cli._pause import pause, resume
from pipeline.cli._policy import policy
from pipeline.cli._rebuild import rebuild
from pipeline.cli._reconcile import reconcile
from pipeline.cli._report import report
from pipeline.cli._run import run
from pipeline.cli._sql import sql
from pipeline.cli._topics import topics
from pipeline.cli._up import up
from pipeline.cli._worker import worker
from pipeline.worker import AppFactory

COMMANDS = (
    up,
    run,
    import_,
    report,
    check,
    sql,
    pause,
    resume,
    reconcile,
    rebuild,
    doctor,
    migrate,
    worker,
)
"""Every command; its name and its help are those of its function, `_` at its end apart."""
GROUPS = {"alerts": alerts, "dead-letters": dead_letters, "policy": policy, "topics": topics}
"""Commands of two words, by their first."""


def main(make_app: AppFactory) -> None:
    """Run the command that the process's arguments name, and end the process with its status."""
    _collect_garbage_seldom()
    try:
        command_line()(obj=Installation(make_app))
    finally:
        # Python would go through everything once more before it ends: half a second after a run.
        gc.freeze()


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
        app.command(command.__name__.rstrip("_").replace("_", "-"))(command)
    for name, group in GROUPS.items():
        app.add_typer(group, name=name)
    return app


def _callback() -> None:
    """Direct-message outreach: cadence rules audited, response rates exact."""


def _collect_garbage_seldom() -> None:
    """Let Python look for reference cycles less often.

    What lives here are messages and state, which refer to nothing in circles, and by default it
    walks through all of them again and again: a fifth of the time of a run.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 50, 1_000)
