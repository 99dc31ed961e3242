"""`outreach alerts`: see that alerts reach people before there is one."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from pipeline.cli._colour import NoColourOption
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.events import Milliseconds
from pipeline.notify import (
    AlertSettings,
    AlertSettingsError,
    DeliveryError,
    Notifier,
    load_alert_settings,
    opened,
    trial_notice,
)

alerts = typer.Typer(no_args_is_help=True, help="See that alerts reach people.")
AlertsOption = Annotated[
    Path,
    typer.Option(
        "--alerts",
        envvar="OUTREACH_ALERTS",
        metavar="FILE",
        help="The file that says who is told of alerts, such as deploy/alerts.toml.",
        dir_okay=False,
        show_default=False,
    ),
]
NotifierOption = Annotated[
    str | None,
    typer.Option("--notifier", metavar="NAME", help="Only this one.", show_default=False),
]


@alerts.callback()
def _group() -> None:
    """See that alerts reach people."""


@alerts.command("test")
@examples("outreach alerts test --alerts alerts.toml", "outreach alerts test --notifier on-call")
def tell_all(
    context: typer.Context,
    file: AlertsOption,
    notifier: NotifierOption = None,
    *,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """Tell every notifier of a test, once, and print what each of them said.

    Routes and quiet periods do not count. Ends with status 1 if one has not taken it, or the file
    has problems.
    """
    installation = Installation.of(context)
    settings = _settings(installation, file)
    chosen = list(settings.notifiers) if notifier is None else [notifier]
    if notifier is not None and notifier not in settings.notifiers:
        known = ", ".join(settings.notifiers)
        raise installation.fail(f"{file}: there is no notifier {notifier}; it has {known}")
    with installation.messages.status("Telling"):
        said = asyncio.run(_tell(settings, chosen))
    installation.output.print(_table(settings, said))
    failed = sum(reason is not None for reason in said.values())
    if failed:
        raise installation.fail(f"{failed} of {len(said)} have not taken it.", Exit.PROBLEMS)


def _settings(installation: Installation, path: Path) -> AlertSettings:
    try:
        return load_alert_settings(path, os.environ)
    except AlertSettingsError as error:
        raise installation.fail(str(error), Exit.PROBLEMS) from None


async def _tell(settings: AlertSettings, names: list[str]) -> dict[str, str | None]:
    """Return why each has not taken the notice; None for one that has."""
    async with opened(settings) as notifiers:
        reasons = await asyncio.gather(*(_reason(name, notifiers[name]) for name in names))
    return dict(zip(names, reasons, strict=True))


async def _reason(name: str, notifier: Notifier) -> str | None:
    try:
        await notifier.deliver(trial_notice(name, Milliseconds(int(time.time() * 1000))))
    except DeliveryError as error:
        return error.reason
    return None


def _table(settings: AlertSettings, said: Mapping[str, str | None]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("")
    table.add_column("Notifier", no_wrap=True)
    table.add_column("Kind", no_wrap=True)
    table.add_column("Said", overflow="fold")
    for name, reason in said.items():
        mark = Text("✓", style="green") if reason is None else Text("✗", style="bold red")
        answer = Text("taken" if reason is None else reason)
        table.add_row(mark, Text(name, style="bold"), settings.notifiers[name].kind, answer)
    return table
