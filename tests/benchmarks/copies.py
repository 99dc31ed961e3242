"""How fast near-duplicates are found.

    python tests/benchmarks/copies.py [MESSAGES]

Of so many messages (400,000 unless told otherwise) in twenty campaigns of one day, half are a mail
merge with synonyms in rotation, a quarter have a word swapped, and a quarter an own part. They are
folded into the samples of their campaigns, which is all that clusters need; and each is masked,
folded, and looked up in the clusters that were read before, which is what a signal of each message
would need. To compare with: hashing the same messages and counting the hashes. Readings of a full
sample are told apart, because how often one reads is up to the caller. Times are of the processor.
Figures move by tens of per cent from run to run; their ratios hold. For memory see
`copies_memory.py`.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

from rich.console import Console
from rich.table import Table

from pipeline.copies import (
    Cluster,
    CopyUpdate,
    KnownCopies,
    MaskedText,
    Scope,
    Wording,
    find_clusters,
    fold_copies,
    mask,
    read_window,
)
from pipeline.events import Milliseconds
from tests.benchmarks._merges import CAMPAIGNS, DAY, CachedState, updates, wording

_BATCH = 2_000
_LAZILY = "fold, mask what is kept"
_FIRST_READ = 10
"""The batch before which the clusters are read that messages are looked up in."""


def main() -> None:
    """Measure so many messages, then readings."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    console = Console()
    console.print(_speed(messages))
    console.print(_readings())


def _speed(messages: int) -> Table:
    table = Table("", "messages a second", "to hashing", title=f"{messages:,} messages")
    seen: Counter[bytes] = Counter()
    state = CachedState()
    known = dict.fromkeys(CAMPAIGNS, KnownCopies(()))
    other = CachedState()
    spent = dict.fromkeys(("hash and count", _LAZILY, "mask", "fold", "look up"), 0.0)
    for number, batch in enumerate(_batches(messages)):
        bodies = [update.wording.body for update in batch if isinstance(update.wording, Wording)]
        started = time.process_time()
        seen.update(blake2b(body.encode(), digest_size=8).digest() for body in bodies)
        spent["hash and count"] += time.process_time() - started
        started = time.process_time()
        fold_copies(other, batch)
        spent[_LAZILY] += time.process_time() - started
        started = time.process_time()
        masked = [update._replace(wording=_masked(update)) for update in batch]
        spent["mask"] += time.process_time() - started
        if number == _FIRST_READ:
            known = {scope: KnownCopies(_clusters(state, scope)) for scope in CAMPAIGNS}
        started = time.process_time()
        for update in masked:
            assert isinstance(update.wording, str)
            known[update.scope].find(update.wording)
        spent["look up"] += time.process_time() - started
        started = time.process_time()
        fold_copies(state, masked)
        spent["fold"] += time.process_time() - started
    hashing = spent["hash and count"]
    spent["mask, fold and look up"] = spent["mask"] + spent["fold"] + spent["look up"]
    for name, seconds in spent.items():
        table.add_row(name, f"{messages / seconds:,.0f}", f"{hashing / seconds:.3f}")
    return table


def _readings() -> Table:
    table = Table("the sample holds", "first, ms", "again, ms", title="Readings of 256 messages")
    kinds = {"a mail merge": 0, "synonyms in rotation": 1, "swapped words": 2, "own parts": 3}
    for name, kind in kinds.items():
        state = CachedState()
        fold_copies(state, updates(range(256), [wording(kind, n) for n in range(256)], 1, 1.0))

        def read(state: CachedState = state) -> None:
            _clusters(state, CAMPAIGNS[0])

        first, again = _seconds(read, 1), _seconds(read, 10) / 10
        table.add_row(name, f"{first * 1_000:.1f}", f"{again * 1_000:.1f}")
    return table


def _clusters(state: CachedState, scope: Scope) -> Sequence[Cluster]:
    return find_clusters(read_window(state, scope, Milliseconds(DAY - 1)))


def _batches(messages: int) -> Iterator[list[CopyUpdate]]:
    for start in range(0, messages, _BATCH):
        numbers = range(start, start + _BATCH)
        wordings = [wording((1, 1, 2, 3)[number % 4], number) for number in numbers]
        yield updates(numbers, wordings, len(CAMPAIGNS), DAY / messages)


def _masked(update: CopyUpdate) -> MaskedText:
    assert isinstance(update.wording, Wording)
    return mask(*update.wording)


def _seconds(run: Callable[[], None], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        run()
    return time.process_time() - started


if __name__ == "__main__":
    main()
