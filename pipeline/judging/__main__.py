"""The process that judges texts; see `JudgingProcess`."""

from __future__ import annotations

import sys
from contextlib import suppress

from pipeline.judging._work import work

if __name__ == "__main__":
    # Whoever started it may be gone: what it had not heard of it will order again.
    with suppress(BrokenPipeError, StopIteration):
        work(sys.stdin.buffer, sys.stdout.buffer)
