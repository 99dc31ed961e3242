"""Where a process is, for whoever wonders why it does not get on."""

from __future__ import annotations

import asyncio
import faulthandler
import sys
from types import FrameType

END_OF_STACKS = "That is where it is."


def write_stacks(_signal: int, _frame: FrameType | None) -> None:
    """Write to standard error where each thread is, and each task of the main thread's loop."""
    faulthandler.dump_traceback(sys.stderr, all_threads=True)
    try:
        tasks = asyncio.all_tasks()
    except RuntimeError:
        tasks = set()  # No loop runs.
    for task in tasks:
        task.print_stack(limit=4, file=sys.stderr)
    sys.stderr.write(f"{END_OF_STACKS}\n")
    sys.stderr.flush()
