"""The process that writes to the warehouse; see `WritingProcess`."""

from __future__ import annotations

import sys
from contextlib import suppress

import msgspec

from pipeline.frames import read_frames
from pipeline.warehouse._connection import Address
from pipeline.warehouse.process._work import work

if __name__ == "__main__":
    # Whoever started it may be gone: what it had not heard of it will order again.
    with suppress(BrokenPipeError, StopIteration):
        address = msgspec.msgpack.decode(next(read_frames(sys.stdin.buffer)), type=Address)
        work(address, sys.stdin.buffer, sys.stdout.buffer)
