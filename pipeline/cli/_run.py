"""`outreach run`: load files, process them to the end, print the report."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import typer

from pipeline.cli._installation import Exit, Installation
from pipeline.cli._lexicons import lexicons_in
from pipeline.cli._loading import Tally, load_files
from pipeline.cli._options import DataOption, FilesArgument, LexiconsOption, PolicyOption
from pipeline.cli._policy_in_force import put_in_force
from pipeline.cli._processing import RUN_SETTINGS, process
from pipeline.embedded import (
    DataDirectory,
    DirectoryInUseError,
    EmbeddedSystem,
    Settings,
    running_system,
)
from pipeline.ingest import STANDARD_INPUT, Source, SourceError, find_sources
from pipeline.policy import Policy, PolicyError, load
from pipeline.report import print_report, read_report
from pipeline.signals import AdditionsError

_COUNT_ROWS = """
SELECT
    (SELECT count() FROM outreach.touches) + (SELECT count() FROM outreach.replies)
    + (SELECT count() FROM outreach.audience_messages)
    + (SELECT count() FROM outreach.send_requests)
"""

_COUNT_BAD_LINES = """
SELECT count() FROM outreach.dead_letters WHERE source IN %(names)s AND replayed_at IS NULL
"""


def run(
    context: typer.Context,
    files: FilesArgument,
    data: DataOption,
    policy: PolicyOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """Load files into an embedded system, process them to the end, and print the report."""
    installation = Installation.of(context)
    try:
        sources = find_sources(files)
        chosen = None if policy is None else load(policy)
        settings = replace(RUN_SETTINGS, lexicons=lexicons_in(lexicons))
        loading = _run(installation, sources, DataDirectory(data), settings, (chosen, policy))
        tally = asyncio.run(loading)
    except (SourceError, PolicyError, AdditionsError, DirectoryInUseError) as error:
        raise installation.fail(str(error)) from None
    if tally.bad.count:
        raise typer.Exit(Exit.PROBLEMS)


async def _run(
    installation: Installation,
    sources: Sequence[Source],
    directory: DataDirectory,
    settings: Settings,
    policy: tuple[Policy | None, Path | None],
) -> Tally:
    async with running_system(directory, installation.make_app, settings) as system:
        if system.lag:
            # An earlier start was broken off: what it left is nothing that these files bring.
            await process(installation, system)
        before = _rows(system)
        await put_in_force(system, *policy)
        tally = Tally()
        await asyncio.to_thread(load_files, installation, system.log, sources, tally)
        await process(installation, system)
        # An earlier start that was broken off may have met some of them already.
        tally.bad.count = max(tally.bad.count, await asyncio.to_thread(_known_bad, system, sources))
        _say_what_came(installation, tally, before, _rows(system))
        print_report(await asyncio.to_thread(read_report, system.warehouse), installation.output)
    return tally


def _rows(system: EmbeddedSystem) -> int:
    """Return how many messages and requests the warehouse has."""
    return _ask(system, _COUNT_ROWS, {})


def _known_bad(system: EmbeddedSystem, sources: Sequence[Source]) -> int:
    """Return how many lines of these files are in the dead letters."""
    names = [source.name for source in sources if source.name != STANDARD_INPUT]
    return _ask(system, _COUNT_BAD_LINES, {"names": names}) if names else 0


def _ask(system: EmbeddedSystem, query: str, parameters: dict[str, object]) -> int:
    client = system.warehouse.connect()
    try:
        ((count,),) = client.execute(query, parameters)
        return int(count)
    finally:
        client.disconnect()


def _say_what_came(installation: Installation, tally: Tally, before: int, after: int) -> None:
    say = installation.messages.print
    new = after - before
    if tally.events == 0 and not tally.bad.shown:
        say("Nothing new: these files were loaded before.")
    else:
        say(f"Read {tally.events:,} events, which brought {new:,} new messages and requests.")
    tally.bad.print(installation)
