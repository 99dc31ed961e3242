"""`python -m evaluation`: how well the product judges, in one report."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from evaluation import messages
from evaluation._report import as_json, console_for_report, print_section
from evaluation.messages import Half

Code = StrEnum("Code", {code.name: code.value for code in messages.CODES})  # type: ignore[misc]


class Halves(StrEnum):
    TUNED = "tuned"
    HELD = "held"
    BOTH = "both"

    @property
    def each(self):
        return tuple(Half) if self is Halves.BOTH else (Half(self.value),)


def main(
    *,
    only_messages: Annotated[
        bool, typer.Option("--messages", help="Only single messages.")
    ] = False,
    errors: Annotated[
        Code | None, typer.Option(help="Print what is judged wrongly in the tuned half.")
    ] = None,
    half: Annotated[
        Halves, typer.Option(help="Which half of the labelled messages.")
    ] = Halves.BOTH,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure how well messages, campaigns and copies are judged."""
    console = console_for_report()
    judged = messages.judged_messages(messages.read_messages())
    if errors is not None:
        for error in messages.errors_of(errors.value, judged):
            console.print(f"[bold]{error.kind}[/] {error.judged.message.language}", highlight=False)
            console.print(error.judged.message.body, markup=False, highlight=False)
            console.print(f"  misled by: {error.words}" if error.words else "", markup=False)
        return
    found = list(messages.sections(judged, half.each))
    if json:
        print(as_json(found))
        return
    for section in found:
        print_section(console, section)


if __name__ == "__main__":
    typer.run(main)
