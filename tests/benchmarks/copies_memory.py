"""In how much memory near-duplicates are found, however many messages there are.

    python tests/benchmarks/copies_memory.py [MESSAGES]

Of so many messages (ten million unless told otherwise) of one day, half belong to one campaign and
the others to nineteen. They are folded, in batches of 2,000; after each million the clusters of
every campaign are read, and the most memory that the process has had so far is told, with what the
state holds. Texts repeat after 20,000, names of creators and messages never do. Ten million take
some minutes.
"""

from __future__ import annotations

import resource
import sys
import time

from pipeline.copies import find_clusters, fold_copies, read_window
from pipeline.copies._sample import SAMPLE
from pipeline.events import Milliseconds
from tests.benchmarks._merges import CAMPAIGNS, DAY, CachedState, updates, wording

_BATCH = 2_000
_TOLD = 1_000_000
_TEXTS = 20_000


def main() -> None:
    """Fold, and tell after each million."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    texts = [wording((1, 1, 2, 3)[number % 4], number) for number in range(_TEXTS)]
    state = CachedState()
    started = time.process_time()
    for start in range(0, messages, _BATCH):
        numbers = range(start, start + _BATCH)
        batch = updates(numbers, [texts[n % _TEXTS] for n in numbers], 20, DAY / messages)
        fold_copies(
            state,
            [
                update._replace(scope=CAMPAIGNS[0 if number % 2 else 1 + number // 2 % 19])
                for number, update in zip(numbers, batch, strict=True)
            ],
        )
        if numbers.stop % _TOLD == 0 or numbers.stop >= messages:
            at = Milliseconds(int(numbers.stop * DAY / messages))
            windows = [read_window(state, scope, at) for scope in CAMPAIGNS]
            clusters = sum(len(find_clusters(window)) for window in windows)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            kept = sum(len(sample.kept) for _, sample in state.scan(SAMPLE))
            sys.stdout.write(
                f"{numbers.stop:>12,} messages: {peak} MB at most, {kept:,} kept, "
                f"{clusters} clusters, {time.process_time() - started:.0f} s\n"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
