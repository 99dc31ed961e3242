"""In how much memory messages are judged, however many there are.

    python tests/benchmarks/signals_memory.py [MESSAGES]

Judges so many messages (three million unless told otherwise) in which no sentence comes twice, so
that all that is remembered of sentences and words fills up; after each tenth the most memory that
the process has had so far is told. Three million take some minutes.
"""

from __future__ import annotations

import resource
import sys
import time

from pipeline.signals import judge
from tests.benchmarks._messages import distinct

_TIMES_TOLD = 10


def main() -> None:
    """Judge, and tell after each tenth."""
    messages = int(sys.argv[1]) if len(sys.argv) > 1 else 3_000_000
    started = time.process_time()
    for number, (body, context) in enumerate(distinct(messages), start=1):
        judge(body, context)
        if number * _TIMES_TOLD % messages < _TIMES_TOLD:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            seconds = time.process_time() - started
            sys.stdout.write(f"{number:>12,} messages: {peak} MB at most, {seconds:.0f} s\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
