"""`outreach import`: load files into a system that runs, or into a cluster."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import typer

from pipeline.cli._cluster import cluster_log
from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._loading import Tally, load_files
from pipeline.cli._options import FilesArgument, RunningOption
from pipeline.cli._progress import reading_bar
from pipeline.cli._upload import UploadError, upload
from pipeline.embedded import DataDirectory, Endpoint
from pipeline.ingest import Source, SourceError, find_sources

_PATIENCE_SECONDS = 30.0
"""How long to wait for a process that has the folder and does not say yet where it serves."""
_LOOK_EVERY = 0.05


class _NotServedError(Exception):
    """No process takes files for a folder; the message says what to do."""


@dataclass(slots=True)
class _Brought(Tally):
    error: str | None = None
    """Why not everything was read."""


@examples(
    "outreach import today.jsonl.gz --data DIR",
    "zcat old/*.gz | outreach import - --data DIR",
    "OUTREACH_KAFKA=kafka:9092 outreach import today.jsonl.gz",
)
def import_(context: typer.Context, files: FilesArgument, data: RunningOption = None) -> None:
    """Load files into a system that runs, as `outreach up` runs it, or into a Kafka cluster.

    Ends once every line is durable in its log; its agents process them from there.
    """
    installation = Installation.of(context)
    try:
        sources = find_sources(files)
        if data is None:
            tally = _append(installation, sources)
        else:
            tally = _send(installation, _endpoint(DataDirectory(data)), sources)
    except (SourceError, UploadError, _NotServedError) as error:
        raise installation.fail(str(error)) from None
    installation.messages.print(f"Took in {tally.events:,} events; the new ones are processed now.")
    tally.bad.print(installation)
    if tally.error is not None:
        raise installation.fail(tally.error)
    if tally.bad.count:
        raise typer.Exit(Exit.PROBLEMS)


def _append(installation: Installation, sources: Sequence[Source]) -> _Brought:
    """Append one file after the other to a cluster's log, up to the first that is damaged."""
    tally = _Brought()
    # Others may import at the same time: how far each file is stands with the file.
    with cluster_log(installation, f"outreach-import-{uuid4()}") as log:
        try:
            load_files(installation, log, sources, tally)
        except SourceError as error:
            tally.error = str(error)
    return tally


def _endpoint(directory: DataDirectory) -> Endpoint:
    """Return where files are taken for a folder; waits for a process that is just starting."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while directory.is_open:
        endpoint = directory.endpoint()
        if endpoint is not None and endpoint.web_port is None:
            raise _NotServedError(
                f"{directory.path} is open in process {endpoint.pid} (`{endpoint.command}`), which "
                "takes no files; wait until it has ended"
            )
        if endpoint is not None:
            return endpoint
        if time.monotonic() > deadline:
            raise _NotServedError(
                f"{directory.path} is open in a process that does not say where it serves; if it "
                "is just starting, try again in a moment"
            )
        time.sleep(_LOOK_EVERY)
    raise _NotServedError(
        f"Nothing runs on {directory.path}: start `outreach up --data DIR`, or load the files "
        "without it with `outreach run FILE... --data DIR`"
    )


def _send(installation: Installation, endpoint: Endpoint, sources: Sequence[Source]) -> _Brought:
    """Send one file after the other, up to the first that cannot be read to its end."""
    tally = _Brought()
    sizes = [source.size for source in sources]
    total = sum(size for size in sizes if size is not None) if None not in sizes else None
    done = 0
    with reading_bar(installation.messages, total) as bar:
        for source in sources:
            name, before = Path(source.name).name, done

            def show(sent: int, name: str = name, before: int = before) -> None:
                bar.update(bar.task_ids[0], completed=before + sent, description=name)

            taken = upload(endpoint, source, show)
            tally.events += taken.events
            rejected = ((line.line, line.field, line.reason) for line in taken.rejected)
            tally.bad.add(source.name, taken.rejected_count, rejected)
            if taken.error is not None:
                tally.error = taken.error
                break
            done += source.size or 0
    return tally
