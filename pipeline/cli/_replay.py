"""`outreach dead-letters replay`: bring back what can be read by now."""

from __future__ import annotations

import asyncio

import typer

from pipeline.avro.wire import RegistryError, rereading
from pipeline.cli._cluster import cluster_log, settings_in_environment
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._loading import now
from pipeline.cli._options import RunningOption
from pipeline.cli._processing import RUN_SETTINGS, process
from pipeline.cli._reading import NoSystemError, existing
from pipeline.embedded import DataDirectory, DirectoryInUseError, running_system
from pipeline.importer import Replayed
from pipeline.importer import replay as bring_back


@examples(
    "outreach dead-letters replay --data DIR",
    "OUTREACH_KAFKA=kafka:9092 outreach dead-letters replay",
)
def replay(context: typer.Context, data: RunningOption = None) -> None:
    """Bring back events that could not be used once and can be read by now.

    A new version may know a schema that an older one did not, and so may a schema registry. Ends
    with status 1 while some are still unusable.
    """
    installation = Installation.of(context)
    try:
        if data is None:
            replayed = _replay_cluster(installation)
        else:
            replayed = asyncio.run(_replay(installation, existing(data)))
    except (NoSystemError, DirectoryInUseError) as error:
        raise installation.fail(str(error)) from None
    installation.output.print(
        f"{replayed.brought_back:,} brought back, {replayed.still_unusable:,} still unusable.",
        highlight=False,
    )
    if replayed.still_unusable:
        raise typer.Exit(Exit.PROBLEMS)


def _replay_cluster(installation: Installation) -> Replayed:
    try:
        with (
            cluster_log(installation, "outreach-replay") as log,
            rereading(settings_in_environment(installation).registry) as reread,
        ):
            return bring_back(log, now(), reread)
    except RegistryError as error:
        raise installation.fail(str(error), Exit.PROBLEMS) from None


async def _replay(installation: Installation, directory: DataDirectory) -> Replayed:
    async with running_system(directory, installation.make_app, RUN_SETTINGS) as system:
        replayed = await asyncio.to_thread(bring_back, system.log, now())
        await process(installation, system)
        return replayed
