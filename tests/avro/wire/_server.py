"""A real schema registry on this machine: Apicurio with its API that is Confluent's."""

from __future__ import annotations

import json
import socket
import subprocess
import urllib.request
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from tests.avro.wire._fetched import fetched_registry

_STARTED = " started in "


@contextmanager
def running_registry() -> Iterator[str]:
    """Run a registry that keeps everything in memory while the block runs; give its URL."""
    home = fetched_registry()
    [jar] = home.glob("*-runner.jar")
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    command = [
        # It ends when this process does, however that ends.
        *("setpriv", "--pdeathsig", "KILL"),
        *("java", "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        *("-Dquarkus.http.host=127.0.0.1", f"-Dquarkus.http.port={port}", "-jar", str(jar)),
    ]
    with subprocess.Popen(
        command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout is not None
        drain = Thread(target=deque, args=(server.stdout, 0))
        try:
            said: list[str] = []
            while not said or _STARTED not in said[-1]:
                said.append(next(server.stdout, ""))
                assert said[-1], "".join(said)
            # What it says from here on must go somewhere: a full pipe would stop it.
            drain.start()
            url = f"http://127.0.0.1:{port}/apis/ccompat/v7"
            _demand(url, "FULL_TRANSITIVE")
            yield url
        finally:
            server.kill()
            if drain.ident:
                drain.join()


def _demand(url: str, compatibility: str) -> None:
    """Have the registry refuse what is not compatible in this way."""
    request = urllib.request.Request(
        f"{url}/config",
        method="PUT",
        data=json.dumps({"compatibility": compatibility}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        assert response.status == 200
