"""Write every row of every view of a data directory to standard output, as MessagePack.

    python -m tests.system.dump_views DIR

A process of its own, because the engine serves one directory a process.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from pipeline.embedded import DataDirectory, open_warehouse
from tests.warehouse.views import read_view, view_names


def main() -> None:
    """Dump the views of the directory that the only argument names."""
    with open_warehouse(DataDirectory(Path(sys.argv[1]))) as address, address.connect() as client:
        views = view_names(client, address.database)
        dump = {view: read_view(client, address.database, view) for view in views}
    sys.stdout.buffer.write(msgspec.msgpack.encode(dump))


if __name__ == "__main__":
    main()
