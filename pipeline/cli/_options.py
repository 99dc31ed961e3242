"""Options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
