"""A warehouse server in a process of its own, until its standard input ends.

    python -m tests.kafka._warehouse_server DIR

The engine serves one directory a process, and the process of the tests may serve another already.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.warehouse import Address
from pipeline.warehouse.embedded import EmbeddedServer

PASSWORD = "secret"


@contextmanager
def warehouse_server(directory: Path) -> Iterator[Address]:
    """Serve a directory, which may hold several warehouses, while the block runs."""
    command = [sys.executable, "-m", "tests.kafka._warehouse_server", str(directory)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = Address("127.0.0.1", int(process.stdout.readline()), "default", PASSWORD)
        try:
            yield address
        finally:
            process.stdin.close()
            process.wait()


def main() -> None:
    """Print the port, and serve until standard input ends."""
    directory = Path(sys.argv[1])
    with EmbeddedServer(
        directory, host="127.0.0.1", port=0, user="default", password=PASSWORD
    ) as server:
        sys.stdout.write(f"{server.address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
