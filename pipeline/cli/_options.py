"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

FilesArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="JSON lines, also gzipped; a folder stands for all logs below it, - for standard "
        "input.",
        show_default=False,
    ),
]
DataOption = Annotated[
    Path,
    typer.Option(
        "--data",
        envvar="OUTREACH_DATA",
        metavar="DIR",
        help="The folder of the embedded system; it is made if absent.",
        file_okay=False,
    ),
]
RunningOption = Annotated[
    Path | None,
    typer.Option(
        "--data",
        envvar="OUTREACH_DATA",
        metavar="DIR",
        help="The folder of the embedded system. Without it the Kafka cluster is meant that "
        "OUTREACH_KAFKA names.",
        file_okay=False,
        show_default=False,
    ),
]
AlertsOption = Annotated[
    Path | None,
    typer.Option(
        "--alerts",
        envvar="OUTREACH_ALERTS",
        metavar="FILE",
        help="The file that says who is told of alerts; without one nobody is.",
        dir_okay=False,
    ),
]
LexiconsOption = Annotated[
    Path | None,
    typer.Option(
        "--lexicons",
        envvar="OUTREACH_LEXICONS",
        metavar="DIR",
        help="A folder of lexicon files, NAME.toml for the workspace NAME: what it judges messages "
        "by, beside what is shipped. See `outreach check --lexicon`.",
        file_okay=False,
    ),
]
PolicyOption = Annotated[
    Path | None,
    typer.Option(
        "--policy",
        envvar="OUTREACH_POLICY",
        metavar="FILE",
        help="A policy file; without one the shipped defaults hold, or what was loaded before.",
        dir_okay=False,
    ),
]
