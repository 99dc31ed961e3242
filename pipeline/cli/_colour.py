"""The option that takes colours out of what a command prints."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.cli._installation import Installation


def _without_colours(context: typer.Context, chosen: bool) -> bool:  # noqa: FBT001 - Click's own
    if chosen:
        installation = Installation.of(context)
        installation.output.no_color = True
        installation.messages.no_color = True
    return chosen


NoColourOption = Annotated[
    bool,
    typer.Option(
        "--no-color",
        callback=_without_colours,
        expose_value=False,
        help="Print without colours, as the variable NO_COLOR does too.",
    ),
]
