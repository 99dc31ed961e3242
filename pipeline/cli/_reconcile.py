"""`outreach reconcile`: compute the rates a second time, and print every cell that differs."""

from __future__ import annotations

import time

import typer

from pipeline.cli._examples import examples
from pipeline.cli._installation import Exit, Installation
from pipeline.cli._reading import SystemOption, answer
from pipeline.report import printable
from pipeline.warehouse import Address, CellDifference
from pipeline.warehouse import reconcile as differences

_SETTLE_SECONDS = 2.0
"""How long a cell must stand still to be told from one that is just being written."""
_MOST_LOOKS = 10


@examples("outreach reconcile --data DIR")
def reconcile(context: typer.Context, data: SystemOption = None) -> None:
    """Recompute response and step rates from the touches; on a sound system it prints nothing.

    While messages flow, a cell that differs is looked at again until it agrees, or stands still.
    """
    installation = Installation.of(context)
    found = answer(installation, data, _settled)
    for difference in found:
        installation.output.print(_line(difference), markup=False, highlight=False, soft_wrap=True)
    if found:
        raise typer.Exit(Exit.PROBLEMS)


def _settled(address: Address) -> list[CellDifference]:
    found = differences(address)
    for _ in range(_MOST_LOOKS):
        if not found:
            break
        time.sleep(_SETTLE_SECONDS)
        again = differences(address)
        if again == found:
            break
        found = again
    return found


def _line(difference: CellDifference) -> str:
    cell = " ".join(f"{name}={printable(str(value))}" for name, value in difference.cell.items())
    wrong = ", ".join(
        f"{name} {shown:,}, the touches say {difference.computed[name]:,}"
        for name, shown in difference.shown.items()
        if shown != difference.computed[name]
    )
    return f"{difference.view}: {cell}: {wrong}"
