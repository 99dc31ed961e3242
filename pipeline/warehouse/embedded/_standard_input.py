"""Keep the engine away from standard input."""

from __future__ import annotations

import atexit
import os
import stat
import sys

_DESCRIPTOR = 0


def shield_standard_input() -> None:
    """Move standard input to another descriptor, where `sys.stdin` goes on reading it.

    chDB takes whatever a pipe or a file on descriptor 0 holds for rows of every INSERT, and eats
    it. Does nothing where there is neither, or once it is done.
    """
    try:
        mode = os.fstat(_DESCRIPTOR).st_mode
    except OSError:
        return
    if not (stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)):
        return
    kept = os.dup(_DESCRIPTOR)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, _DESCRIPTOR)
    os.close(nothing)
    stream = sys.__stdin__
    if stream is not None and sys.stdin is stream:
        sys.stdin = os.fdopen(kept, encoding=stream.encoding, errors=stream.errors)
        atexit.register(sys.stdin.close)
