"""`python -m evaluation`: how well the product judges, in one report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evaluation import messages
from evaluation._parts import Asked, sections
from evaluation._report import as_json, console_for_report, print_errors, print_section
from evaluation.messages import Half

_HALVES = {"tuned": (Half.TUNED,), "held": (Half.HELD,), "both": tuple(Half)}


class Halves(StrEnum):
    """Which of the labelled messages are counted."""

    TUNED = "tuned"
    HELD = "held"
    BOTH = "both"


def main(  # noqa: PLR0913 - one for each option
    *,
    data: Annotated[
        Path | None,
        typer.Option(file_okay=False, exists=True, help="A folder with the public sets of texts."),
    ] = None,
    half: Annotated[
        Halves, typer.Option(help="Which half of the labelled messages is counted.")
    ] = Halves.BOTH,
    seed: Annotated[int, typer.Option(help="What campaigns and copies are drawn with.")] = 20,
    rounds: Annotated[
        int, typer.Option(min=1, help="How many campaigns are drawn of each kind.")
    ] = 8,
    only_messages: Annotated[
        bool, typer.Option("--messages", help="Judge the labelled messages alone.")
    ] = False,
    errors: Annotated[
        str,
        typer.Option(
            metavar="CODE",
            help="Show what is judged wrongly of one element or signal, if tuned on.",
        ),
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    goals: Annotated[bool, typer.Option(help="Leave with status 1 when a goal is missed.")] = True,
) -> None:
    """Measure how well messages, campaigns and copies are judged, in about a minute."""
    console = console_for_report()
    if errors:
        _show_errors(console, errors)
        return
    found = []
    asked = Asked(_HALVES[half], seed, rounds, data, only_messages)
    for section in sections(asked, Console(stderr=True)):
        found.append(section)
        if not json:
            print_section(console, section)
    if json:
        typer.echo(as_json(found))
    elif data is None and not only_messages:
        console.print("The public sets of texts are left out: --data names a folder with them.")
    if goals and any(section.missed for section in found):
        raise typer.Exit(1)


def _show_errors(console: Console, code: str) -> None:
    codes = [each.value for each in messages.CODES]
    if code not in codes:
        raise typer.BadParameter(f"is one of {', '.join(codes)}", param_hint="--errors")
    judged = messages.judged_messages(messages.read_messages())
    print_errors(console, messages.errors_of(code, judged))


if __name__ == "__main__":
    typer.run(main)
