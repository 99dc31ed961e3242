"""Send damaged records to an embedded system, sound ones between them, and account for every one.

    python -m tests.fuzz.run [RECORDS] [SEED]

Prints what was done to records and what became of them, and why the dead letters are dead. Ends
with status 1 when anything is not as it must be.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipeline.embedded import PARTITIONS
from tests.fuzz._account import Place, Placed, problems
from tests.fuzz._embedded import run_embedded
from tests.fuzz._plan import plan
from tests.system.outreach import Views, views_of

_LARGEST = 16 * 1024 * 1024
_SHOWN = 20


def main(records: int = 100_000, seed: int = 1) -> int:
    """Return the exit status."""
    sent = plan(seed, records, partitions=PARTITIONS, huge=3 + records // 4_000, largest=_LARGEST)
    with tempfile.TemporaryDirectory() as name:
        ran = run_embedded(Path(name), sent)
        views = views_of(Path(name) / "data")
    placed = [
        Placed(each, Place(each.topic, each.output.partition or 0, offset))
        for each, offset in zip(sent, ran.offsets, strict=True)
    ]
    wrong = problems(placed, views, ran.letters)
    console = Console(width=100)
    console.print(_by_kind(placed))
    console.print(_by_reason(views))
    console.print(_by_view(views))
    console.print(
        f"Seed {seed}: {len(sent):,} records, {len(wrong)} problems; at most "
        f"{ran.peak / 1e6:,.0f} MB, and {ran.writing_peak / 1e6:,.0f} MB in the process that "
        "writes to the warehouse."
    )
    for problem in wrong[:_SHOWN]:
        console.print(problem, markup=False)
    return 1 if wrong else 0


def _by_kind(placed: Sequence[Placed]) -> Table:
    table = _table("What was done to records", "sent", "of use", "dead letters")
    sent = Counter(each.kind for each, _ in placed)
    dead = Counter(each.kind for each, _ in placed if each.use is None)
    for kind, count in sent.most_common():
        table.add_row(
            kind.replace("_", " "), f"{count:,}", f"{count - dead[kind]:,}", f"{dead[kind]:,}"
        )
    table.add_row(
        "all", f"{sent.total():,}", f"{sent.total() - dead.total():,}", f"{dead.total():,}"
    )
    return table


def _by_reason(views: Views) -> Table:
    table = _table("Why letters are dead", "letters")
    letters = [row for row in views["dead_letters"] if row["topic"]]
    reasons = Counter(_kind_of_reason(row["reason"], row["field"]) for row in letters)
    for reason, count in reasons.most_common():
        table.add_row(reason, f"{count:,}")
    return table


def _kind_of_reason(reason: str, field: str) -> str:
    """Leave out which field, record or document it was."""
    short = re.sub(r" \(.*|: .*", "", reason, flags=re.DOTALL).removeprefix(field or "the message")
    return re.sub(r"an? \S+ (does not belong|belongs) into .*", "belongs into another topic", short)


def _by_view(views: Views) -> Table:
    table = _table("What is seen", "rows")
    for view, rows in views.items():
        table.add_row(view, f"{len(rows):,}")
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
