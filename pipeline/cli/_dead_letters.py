"""`outreach dead-letters`: events that could not be used."""

from __future__ import annotations

from typing import Annotated

import msgspec
import typer
from rich.text import Text

from pipeline.cli._colour import NoColourOption
from pipeline.cli._dead_letter_rows import DeadLetter, read_dead_letters
from pipeline.cli._examples import examples
from pipeline.cli._installation import Installation
from pipeline.cli._reading import SystemOption, answer
from pipeline.cli._replay import replay
from pipeline.report import printable

dead_letters = typer.Typer(
    no_args_is_help=True, help="See events that could not be used, and bring them back."
)
LimitOption = Annotated[
    int, typer.Option("--limit", metavar="N", min=1, help="Print so many, the newest first.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object a line, with the whole event.")
]


dead_letters.command("replay")(replay)


@dead_letters.command("list")
@examples(
    "outreach dead-letters list --data DIR",
    "outreach dead-letters list --data DIR --limit 1000 --json | jq -r .reason | sort | uniq -c",
)
def list_dead_letters(
    context: typer.Context,
    *,
    data: SystemOption = None,
    limit: LimitOption = 20,
    json: JsonOption = False,
    no_color: NoColourOption = False,  # noqa: ARG001 - it acts by itself
) -> None:
    """List events that could not be used.

    Of each it prints where it came from, what is wrong with it, and how it begins.
    """
    installation = Installation.of(context)
    total, letters = answer(installation, data, lambda address: read_dead_letters(address, limit))
    if json:
        for letter in letters:
            typer.echo(msgspec.json.encode(letter).decode())
    elif not letters:
        installation.output.print("There are no dead letters.")
    else:
        _print(installation, total, letters)


def _print(installation: Installation, total: int, letters: list[DeadLetter]) -> None:
    say = installation.output.print
    for letter in letters:
        head = Text(printable(letter.origin), style="bold")
        head.append(f"  {letter.at:%Y-%m-%d %H:%M:%S} UTC", style="not bold dim")
        say(head, soft_wrap=True)
        wrong = Text("  ")
        if letter.field:
            wrong.append(f"{printable(letter.field)} ", style="yellow")
        say(wrong.append(printable(letter.reason)), soft_wrap=True)
        beginning = Text(f"  {printable(letter.beginning)}", style="dim")
        say(beginning, no_wrap=True, overflow="ellipsis")
    if total > len(letters):
        say(f"The newest {len(letters):,} of {total:,}; --limit {total} prints all.")
