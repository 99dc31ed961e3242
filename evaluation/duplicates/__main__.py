"""Measure how well copies are told from honest messages.

    python -m evaluation.duplicates [DIR]

Templates, evasions and own parts are in this folder. Only the templates are held out: thresholds
were chosen on others, but with the same evasions and own parts. DIR may hold `sms-spam.tsv` of the
UCI SMS Spam Collection; without it that part is left out. Texts of people in it were own parts
while thresholds were chosen: the figures of honest campaigns are of other templates, not texts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from evaluation.duplicates._campaigns import judged_campaigns
from evaluation.duplicates._figures import Counts, Share
from evaluation.duplicates._judging import are_copies, copies_among, minhash_likeness
from evaluation.duplicates._pairs import Pair, labelled_pairs
from evaluation.duplicates._public import (
    FILE,
    HONEST_LENGTHS,
    honest_campaign,
    personal_pairs,
    read_sms,
    spam_pairs,
)

_SEED = 20
_ROUNDS = 6
_COPIES = (5, 40)
_JACCARDS = (0.5, 0.7)


def main() -> None:
    """Print the tables."""
    console = Console()
    console.print(_pairs("Pairs of messages", labelled_pairs(_SEED, _ROUNDS)))
    for copies in _COPIES:
        console.print(_campaigns(copies))
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    if folder is None or not folder.joinpath(FILE).exists():
        console.print(f"The public texts are left out: no folder with {FILE} was given.")
        return
    spam, ham = read_sms(folder)
    public = [*spam_pairs(spam, _SEED), *personal_pairs(ham, _SEED)]
    console.print(_pairs("Pairs of public texts", public))
    console.print(_honest_campaigns(ham))


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


def _campaigns(copies: int) -> Table:
    table = Table(title=f"Campaigns of {copies} copies in disguise and some honest messages")
    table.add_column("messages in the largest cluster")
    table.add_column("")
    _add(table, "", judged_campaigns(_SEED, _ROUNDS, copies))
    return table


def _honest_campaigns(ham: list[str]) -> Table:
    table = Table(title="Honest campaigns: one template, and what people wrote as own part")
    table.add_column("characters of the own part")
    table.add_column("messages in the largest cluster")
    for lengths in HONEST_LENGTHS:
        clusters = copies_among(honest_campaign(ham, lengths, _SEED))
        largest = Share(clusters.count(0), len(clusters))
        table.add_row(f"{lengths.start} to {lengths.stop - 1}", str(largest))
    return table


def _add(table: Table, of: str, counts: Counts) -> None:
    table.add_row(f"{of}precision", str(counts.precision))
    table.add_row(f"{of}recall", str(counts.recall))


if __name__ == "__main__":
    main()
