"""The process that reads a large file for an importer; see `_reading`."""

from __future__ import annotations

import sys

from pipeline.importer._reading import write_pieces
from pipeline.ingest import Source

if __name__ == "__main__":
    name, first_line = sys.argv[1:]
    try:
        write_pieces(Source(name, None), int(first_line), sys.stdout.buffer)
    except BrokenPipeError:
        # The importer is gone. What it had not taken it will ask for again.
        sys.stderr.close()
        sys.exit(1)
