"""How many messages a second are judged by all detectors, on one core.

    python tests/benchmarks/signals.py [MESSAGES]

Judges openers and follow-ups of the example quarter and the labelled messages of `evaluation/`, and
splits the same texts at white space to compare with. Sentences recur in campaigns, and what the
latest say is remembered; the last row judges texts in which no sentence comes twice. Figures move
by tens of per cent from run to run; their ratio holds.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import cycle, islice

from rich.console import Console
from rich.table import Table

from pipeline.signals import Context, judge
from tests.benchmarks._messages import Message, distinct, labelled, quarter


def main() -> None:
    """Measure both sets of messages."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    table = Table(box=None)
    for head in ("", "characters each", "judged/s", "split/s", "times a split"):
        table.add_column(head, justify="right" if head else "left", no_wrap=True)
    sets = (
        ("example quarter", quarter()),
        ("labelled", labelled()),
        ("no sentence twice", distinct(count)),
    )
    for name, messages in sets:
        table.add_row(name, *_measured(list(islice(messages, count)), count))
    Console().print(table)


def _measured(messages: list[Message], count: int) -> tuple[str, ...]:
    for body, context in messages:
        judge(body, context)
    repeated = list(islice(cycle(messages), count))
    judging = _seconds(lambda: _each(repeated, judge))
    splitting = _seconds(lambda: _each(repeated, lambda body, _: body.split()))
    characters = sum(len(body) for body, _ in repeated) / count
    figures = (characters, count / judging, count / splitting, judging / splitting)
    return tuple(f"{figure:,.0f}" for figure in figures)


def _each(messages: list[Message], work: Callable[[str, Context], object]) -> None:
    """Do the work on each message, and keep nothing of it, as in a stream."""
    for body, context in messages:
        work(body, context)


def _seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the quickest of three runs."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        work()
        taken.append(time.process_time() - begin)
    return min(taken)


if __name__ == "__main__":
    main()
