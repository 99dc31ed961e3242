"""`outreach up` in a process of its own, and requests to it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import msgspec

from pipeline.embedded import DataDirectory, Endpoint

_LOOK_EVERY = 0.05


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Return the body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:  # noqa: ANN401 - JSON
        """Return what the body holds."""
        return msgspec.json.decode(self.body)


@dataclass(frozen=True)
class Up:
    """A system that runs."""

    folder: Path
    process: subprocess.Popen[str]
    endpoint: Endpoint
    said: str
    """What it printed to say that it serves."""

    @property
    def token(self) -> str:
        """The token of the link that it printed."""
        found = re.search(r"token=(\S+)", self.said)
        assert found is not None
        return found[1]

    def ask(
        self,
        path: str,
        method: str = "GET",
        body: bytes | Iterable[bytes] | None = None,
        /,
        **headers: str,
    ) -> Answer:
        """Send a request without the secret, and return the answer."""
        assert self.endpoint.web_port is not None
        connection = HTTPConnection("127.0.0.1", self.endpoint.web_port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, named, encode_chunked=True)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str) -> Answer:
        """Ask with the secret."""
        return self.ask(path, Authorization=f"Bearer {self.endpoint.secret}", **headers)

    def post(
        self, lines: bytes | Iterable[bytes], path: str = "/v1/events", /, **headers: str
    ) -> Answer:
        """Send lines with the secret."""
        secret = {"Authorization": f"Bearer {self.endpoint.secret}"}
        return self.ask(path, "POST", lines, **secret, **headers)

    def report(self, query: str = "") -> Any:  # noqa: ANN401 - JSON
        """Return the report."""
        answer = self.get(f"/v1/report{query}")
        assert answer.status == 200, answer.text
        return answer.json

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for a condition that nobody tells of, as long as the system is well."""
        while not holds():
            assert self.ask("/health").status == 200
            # What is asked for again and again takes its processors from the system.
            time.sleep(_LOOK_EVERY)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Tell it to stop; return its status, and what it wrote since, also to standard error."""
        self.process.send_signal(number)
        output, errors = self.process.communicate()
        return self.process.returncode, output, errors


def start(folder: Path, *options: str, module: str = "agents") -> subprocess.Popen[str]:
    """Start `outreach up` on a folder and any free port."""
    ports = [] if "--port" in options else ["--port", "0"]
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-m", module, "up", "--data", folder, *ports, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def up(folder: Path, *options: str, module: str = "agents") -> Iterator[Up]:
    """Run `outreach up` on a folder while the block runs."""
    with start(folder, *options, module=module) as process:
        assert process.stdout is not None
        said = ""
        try:
            # It flushes line by line; the last is how to ask.
            for line in process.stdout:
                said += line
                if "outreach sql" in line:
                    break
            endpoint = DataDirectory(folder).endpoint()
            assert endpoint is not None, said + process.communicate()[1]
            yield Up(folder, process, endpoint, said)
        finally:
            if process.poll() is None:
                process.terminate()
                process.communicate()
