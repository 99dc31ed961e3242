from __future__ import annotations

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from tests.cli._command import outreach_here


class _Server(HTTPServer):
    bodies: list[bytes]


class _Receiver(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(404 if self.path == "/wrong" else 200)
        self.end_headers()
        self.wfile.write(b"no_service" if self.path == "/wrong" else b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[_Server]:
    """Serve a web server that keeps what is posted."""
    with _Server(("127.0.0.1", 0), _Receiver) as server:
        server.bodies = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_file_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OUTREACH_ALERTS", raising=False)


def alerts_file(folder: Path, server: _Server, *, team: str = "/team") -> Path:
    """Write a file with two notifiers at the server."""
    base = f"http://127.0.0.1:{server.server_port}"
    file = folder / "alerts.toml"
    file.write_text(
        f'[notifiers.on-call]\nkind = "webhook"\nurl = "{base}/on-call"\nsecret = "sesame"\n'
        f'[notifiers.team]\nkind = "slack"\nurl = "{base}{team}"\n'
        '[[routes]]\nnotifiers = ["on-call", "team"]\nat_least = 100\n'
    )
    return file


def test_every_notifier_is_told_of_a_test(tmp_path: Path, server: _Server) -> None:
    """Whatever the routes say, each gets one notice that says it is a test, and says so."""
    done = outreach_here("alerts", "test", "--alerts", alerts_file(tmp_path, server))
    assert (done.status, done.errors.strip()) == (0, "")
    lines = [line.split() for line in done.text.splitlines()]
    assert ["✓", "on-call", "webhook", "taken"] in lines
    assert ["✓", "team", "slack", "taken"] in lines
    assert len(server.bodies) == 2
    assert all(b"TEST" in body or b'"alert.test"' in body for body in server.bodies)


def test_one_can_be_chosen(tmp_path: Path, server: _Server) -> None:
    """Only the named notifier is told."""
    file = alerts_file(tmp_path, server)
    done = outreach_here("alerts", "test", "--alerts", file, "--notifier", "on-call")
    assert done.status == 0
    [body] = server.bodies
    assert msgspec.json.decode(body)["data"]["workspace"] == "test"
    assert "slack" not in done.text


def test_who_has_not_taken_it_says_why(tmp_path: Path, server: _Server) -> None:
    """The reason stands in the table, and the status is 1; the others are told all the same."""
    file = alerts_file(tmp_path, server, team="/wrong")
    done = outreach_here("alerts", "test", "--alerts", file)
    assert done.status == 1
    words = " ".join(done.text.split())
    assert "✗ team slack it answers 404: no_service" in words
    assert "✓ on-call webhook taken" in words
    assert done.complaint == "1 of 2 have not taken it."


def test_the_file_may_stand_in_the_environment(
    tmp_path: Path, server: _Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As for the pipeline itself."""
    monkeypatch.setenv("OUTREACH_ALERTS", str(alerts_file(tmp_path, server)))
    assert outreach_here("alerts", "test").status == 0
    assert len(server.bodies) == 2


def test_nobody_there(tmp_path: Path) -> None:
    """A server that is not up is named."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        port = reserved.getsockname()[1]
    file = tmp_path / "alerts.toml"
    file.write_text(f'[notifiers.team]\nkind = "slack"\nurl = "http://127.0.0.1:{port}"\n')
    done = outreach_here("alerts", "test", "--alerts", file)
    assert done.status == 1
    assert str(port) in done.text


def test_problems_of_the_file_are_named(tmp_path: Path) -> None:
    """Each with its line, its key and what is allowed, and nobody is told."""
    file = tmp_path / "alerts.toml"
    file.write_text('[notifiers.team]\nkind = "slac"\n')
    done = outreach_here("alerts", "test", "--alerts", file)
    assert (done.status, done.text) == (1, "")
    assert done.errors.startswith(f'{file}:2: notifiers.team.kind is "slac"')


def test_an_unknown_notifier_is_wrong_use(tmp_path: Path, server: _Server) -> None:
    """Those that there are are named."""
    file = alerts_file(tmp_path, server)
    done = outreach_here("alerts", "test", "--alerts", file, "--notifier", "pager")
    assert done.status == 2
    assert "there is no notifier pager; it has on-call, team" in done.complaint
    assert server.bodies == []
