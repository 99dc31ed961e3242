"""`outreach rebuild`: derive everything anew from the log, and compare the answers."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import typer

from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._lexicons import lexicons_in
from pipeline.cli._options import DataOption, LexiconsOption
from pipeline.cli._processing import RUN_SETTINGS, process
from pipeline.cli._reading import NoSystemError, existing
from pipeline.embedded import (
    DataDirectory,
    DirectoryInUseError,
    Settings,
    begin_rebuild,
    open_warehouse,
    running_system,
)
from pipeline.signals import AdditionsError
from pipeline.transport.sqlite import SqliteLog
from pipeline.warehouse import Fingerprint, fingerprints


@examples("outreach rebuild --data DIR")
def rebuild(context: typer.Context, data: DataOption, lexicons: LexiconsOption = None) -> None:
    """Derive touches, violations, signals and rates anew from the log, with the policies of then.

    Ends with status 1 when a view holds something else than before: then either this version
    derives something new, or what was there was wrong, or judged by other lexicons.
    """
    installation = Installation.of(context)
    try:
        directory = existing(data)
        settings = replace(RUN_SETTINGS, lexicons=lexicons_in(lexicons))
        with open_warehouse(directory) as address:
            before = fingerprints(address)
            with SqliteLog.open(directory.log_path) as log:
                begin_rebuild(log)
        after = asyncio.run(_derive(installation, directory, settings))
    except (NoSystemError, AdditionsError, DirectoryInUseError) as error:
        raise installation.fail(str(error)) from None
    if not _compare(installation, before, after):
        raise typer.Exit(Exit.PROBLEMS)


async def _derive(
    installation: Installation, directory: DataDirectory, settings: Settings
) -> dict[str, Fingerprint]:
    async with running_system(directory, installation.make_app, settings) as system:
        await process(installation, system)
        return await asyncio.to_thread(fingerprints, system.warehouse)


def _compare(
    installation: Installation, before: dict[str, Fingerprint], after: dict[str, Fingerprint]
) -> bool:
    say = installation.output.print
    different = [view for view in after if before.get(view) != after[view]]
    for view, fingerprint in after.items():
        was = before.get(view)
        note = "differs from before" if view in different else "as before"
        rows = f"{was.rows:,} → " if was and was.rows != fingerprint.rows else ""
        say(f"{view:<18} {rows}{fingerprint.rows:,} rows, {note}", highlight=False)
    return not different
