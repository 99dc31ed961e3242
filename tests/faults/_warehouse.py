"""A warehouse in a process of its own, which is killed and started again.

    python -m tests.faults._warehouse DIR PORT

serves DIR on the port, or a free one for 0, and prints it; it ends when its standard input does.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pipeline.warehouse import Address, migrate
from pipeline.warehouse.embedded import EmbeddedServer
from tests.system.outreach import Views, in_order
from tests.warehouse.proxy import Proxy
from tests.warehouse.views import read_view, view_names

_HOST, _USER, _PASSWORD = "127.0.0.1", "default", "secret"


class Warehouse:
    """A server with tables, and a network before it that can fail."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._process = self._started(0)
        self.address = Address(_HOST, self._port, _USER, _PASSWORD)
        """The server itself."""
        migrate(self.address)
        self.proxy = Proxy(self._port)
        self.proxy.listen()
        self.behind_proxy = replace(self.address, port=self.proxy.port)

    def kill(self) -> None:
        """End the server, by SIGKILL."""
        self._process.kill()
        self._process.communicate()

    def start(self) -> None:
        """Start it again, in its place."""
        self._process = self._started(self._port)

    def close(self) -> None:
        """End everything."""
        self.proxy.refuse()
        self.kill()

    def views(self) -> Views:
        """Return every row of every view, sorted."""
        database = self.address.database
        with self.address.connect() as client:
            return {
                view: in_order(read_view(client, database, view))
                for view in view_names(client, database)
            }

    def execute(self, statement: str) -> None:
        """Have the server do something, past the proxy."""
        with self.address.connect() as client:
            client.execute(statement)

    @property
    def environment(self) -> dict[str, str]:
        """The variables that name the server itself to `outreach`."""
        return {
            "OUTREACH_CLICKHOUSE_HOST": _HOST,
            "OUTREACH_CLICKHOUSE_PORT": str(self._port),
            "OUTREACH_CLICKHOUSE_PASSWORD": _PASSWORD,
        }

    def _started(self, port: int) -> subprocess.Popen[str]:
        words = [sys.executable, "-m", "tests.faults._warehouse", str(self._directory), str(port)]
        process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        self._port = int(process.stdout.readline())
        return process


@contextmanager
def warehouse(directory: Path) -> Iterator[Warehouse]:
    """Have a warehouse while the block runs."""
    made = Warehouse(directory)
    try:
        yield made
    finally:
        made.close()


def main() -> None:
    """Print the port, and serve until standard input ends."""
    directory, port = sys.argv[1:]
    with EmbeddedServer(
        Path(directory), host=_HOST, port=int(port), user=_USER, password=_PASSWORD
    ) as server:
        sys.stdout.write(f"{server.address[1]}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
