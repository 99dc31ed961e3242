"""`python -m evaluation`: how well the product judges, in one report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from evaluation import messages, public
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
    progress = Console(stderr=True)
    # First of all, as what is wrong with them is not to come out after a minute.
    sets = _public_sets(progress, data, only_messages=only_messages)
    asked = Asked(_HALVES[half], seed, rounds, sets, only_messages)
    for section in sections(asked, progress):
        found.append(section)
        if not json:
            print_section(console, section)
    if json:
        typer.echo(as_json(found))
    if goals and any(section.missed for section in found):
        raise typer.Exit(1)


def _public_sets(
    progress: Console, data: Path | None, *, only_messages: bool
) -> public.PublicSets | None:
    """Return the public sets that are asked for, having said which are left out."""
    if data is None or only_messages:
        if data is not None or not only_messages:
            why = "--messages is given" if only_messages else "--data names a folder with them"
            _say(progress, f"The public sets of texts are left out: {why}.")
        return None
    for missing in public.missing_sets(data):
        _say(progress, f"{data / missing} is not there: this public set is left out.")
    try:
        return public.read_sets(data)
    except public.PublicSetError as error:
        raise typer.BadParameter(str(error), param_hint="--data") from None


def _say(progress: Console, line: str) -> None:
    progress.print(line, markup=False, highlight=False, soft_wrap=True)


def _show_errors(console: Console, code: str) -> None:
    codes = [each.value for each in messages.CODES]
    if code not in codes:
        raise typer.BadParameter(f"is one of {', '.join(codes)}", param_hint="--errors")
    judged = messages.judged_messages(messages.read_messages())
    print_errors(console, messages.errors_of(code, judged))


if __name__ == "__main__":
    typer.run(main)
