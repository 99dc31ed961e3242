"""Measure how well copies are told from honest messages.

    python -m evaluation.duplicates [DIR]

Templates, evasions and own parts are in this folder; those that thresholds were chosen on are left
out. DIR may hold `sms-spam.tsv` of the UCI SMS Spam Collection; without it that part is left out.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation.duplicates._evasions import EVASIONS
from evaluation.duplicates._figures import Counts
from evaluation.duplicates._judging import are_copies, copies_among, minhash_likeness
from evaluation.duplicates._pairs import Message, Pair, Writer, labelled_pairs
from evaluation.duplicates._public import FILE, personal_pairs, read_sms, spam_pairs

_SEED = 20
_ROUNDS = 6
_COPIES = 40
_JACCARDS = (0.5, 0.7)


def main() -> None:
    """Print the tables."""
    console = Console()
    console.print(_pairs("Pairs of messages", labelled_pairs(_SEED, _ROUNDS)))
    console.print(_campaigns())
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not folder.joinpath(FILE).exists():
        console.print(f"The public texts are left out: no folder with {FILE} was given.")
        return
    spam, ham = read_sms(folder)
    public = [*spam_pairs(spam, _SEED), *personal_pairs(ham, _SEED)]
    console.print(_pairs("Pairs of public texts", public))


def _pairs(title: str, pairs: Iterable[Pair]) -> Table:
    kinds: dict[str, Counts] = defaultdict(Counts)
    total, plain = Counts(), {jaccard: Counts() for jaccard in _JACCARDS}
    for pair in pairs:
        got = are_copies(pair.one, pair.other)
        for counts in (kinds[pair.kind], total):
            counts.note(expected=pair.copies, got=got)
        likeness = minhash_likeness(pair.one, pair.other)
        for jaccard, counts in plain.items():
            counts.note(expected=pair.copies, got=likeness >= jaccard)
    table = Table(title=title)
    table.add_column("kind")
    table.add_column("judged rightly")
    for kind, counts in kinds.items():
        table.add_row(kind, str(counts.right))
    table.add_section()
    _add(table, "", total)
    for jaccard, counts in plain.items():
        _add(table, f"MinHash, J ≥ {jaccard}, ", counts)
    return table


def _campaigns() -> Table:
    total = Counts()
    in_one = Counts()
    for messages, copies in _drawn_campaigns():
        clusters = copies_among(messages)
        largest = max(set(clusters[:copies]), key=clusters[:copies].count)
        for number, cluster in enumerate(clusters):
            total.note(expected=number < copies, got=cluster >= 0)
            in_one.note(expected=number < copies, got=cluster >= 0 and cluster == largest)
    table = Table(title=f"Campaigns of {_COPIES} copies in disguise and some honest messages")
    table.add_column("")
    table.add_column("messages")
    _add(table, "", total)
    _add(table, "in the largest cluster: ", in_one)
    return table


def _drawn_campaigns() -> Iterator[tuple[list[Message], int]]:
    """Yield the messages of campaigns, copies first, and how many are copies."""
    writer = Writer(_SEED, tuning=False)
    for _ in range(_ROUNDS):
        for template in writer.templates:
            copies = [
                writer.disguised(
                    writer.message(template, rotated=writer.chance.random() < 0.5),
                    writer.chance.choice(list(EVASIONS)),
                )
                for _ in range(_COPIES)
            ]
            parts = writer.personal_parts(template)
            honest = [writer.message(template, personal=part) for part in parts]
            yield copies + honest, len(copies)


def _add(table: Table, of: str, counts: Counts) -> None:
    table.add_row(f"{of}precision", str(counts.precision))
    table.add_row(f"{of}recall", str(counts.recall))


if __name__ == "__main__":
    main()
