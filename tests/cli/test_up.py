from __future__ import annotations

import json
import signal
import socket
from pathlib import Path

import pytest

from tests.cli._command import outreach
from tests.ingest.samples import TOUCH
from tests.web._up import start, up

LINE = json.dumps(TOUCH).encode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stops_cleanly_when_it_is_told_to(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end it with status 0, without a stack, and nobody is said to serve."""
    with up(tmp_path / "data") as system:
        assert system.stop(number) == (0, "", "Stopping.\n")
    assert not (tmp_path / "data" / "endpoint.json").exists()


def test_stops_while_somebody_sends(tmp_path: Path) -> None:
    """A client that sends for ever does not keep it from stopping."""
    with up(tmp_path / "data") as system:
        assert system.endpoint.web_port is not None
        with socket.create_connection(("127.0.0.1", system.endpoint.web_port)) as client:
            head = [
                "POST /v1/events HTTP/1.1",
                "Host: localhost",
                f"Authorization: Bearer {system.endpoint.secret}",
                "Content-Length: 1000000",
            ]
            client.sendall("\r\n".join([*head, "", ""]).encode() + LINE)
            assert system.stop() == (0, "", "Stopping.\n")


def test_says_what_it_serves_and_how_to_use_it(tmp_path: Path) -> None:
    """It prints the page's link, the warehouse's port, and commands that work as they stand."""
    folder = tmp_path / "my data"
    with up(folder) as system:
        said, endpoint = system.said, system.endpoint
        assert f"http://127.0.0.1:{endpoint.web_port}/?token=" in said
        assert f"127.0.0.1:{endpoint.warehouse_port}, native protocol, user default" in said
        assert f"outreach import FILE... --data '{folder}'" in said
        assert f"outreach report --data '{folder}'" in said
        assert outreach("sql", "SELECT 1 AS one", "--data", folder).status == 0


def test_listens_where_it_is_told_to(tmp_path: Path) -> None:
    """A chosen address and warehouse port are served; who opens it to others is told so."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with up(tmp_path / "data", "--host", "127.0.0.2", "--warehouse-port", str(port)) as system:
        assert system.endpoint.warehouse_port == port
        assert f"http://127.0.0.2:{system.endpoint.web_port}/" in system.said
        assert system.ask("/health", Host="127.0.0.2").status == 200


def test_names_a_port_that_is_taken(tmp_path: Path) -> None:
    """Each port that somebody else has is named with the option that changes it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for option in ("--port", "--warehouse-port"):
            with start(tmp_path / "data", option, port) as process:
                output, errors = process.communicate()
            said = " ".join(errors.split())
            assert (process.returncode, output) == (2, "")
            assert f"ort {port}" in said
            assert f"{option} N" in said


def test_names_who_has_the_folder(tmp_path: Path) -> None:
    """A second one on the same folder says who serves it and how to load, also on the same port."""
    with up(tmp_path / "data") as system:
        for port in ("0", str(system.endpoint.web_port)):
            with start(tmp_path / "data", "--port", port) as process:
                _, errors = process.communicate()
            said = " ".join(errors.split())
            assert process.returncode == 2
            assert f"is open in process {system.endpoint.pid}" in said
            assert "outreach import FILE... --data DIR" in said
        assert system.ask("/health").status == 200


def test_run_points_to_import(tmp_path: Path) -> None:
    """`outreach run` on a folder that is served says that import is what loads files there."""
    log = tmp_path / "log.jsonl"
    log.write_bytes(LINE)
    with up(tmp_path / "data"):
        refused = outreach("run", log, "--data", tmp_path / "data")
    assert refused.status == 2
    assert "outreach import FILE... --data DIR" in " ".join(refused.errors.split())


def test_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """What came in before a kill -9 is there after the next start, and what comes then is added."""
    with up(tmp_path / "data") as system:
        assert system.post(LINE).json["events"] == 1
        system.process.kill()
        system.process.communicate()
    reply = {"type": "reply", "event_id": "e2", "message_id": "m2", "body": "Yes, gladly!"}
    with up(tmp_path / "data") as system:
        system.post(json.dumps(TOUCH | reply | {"occurred_at": "2026-03-01T13:00:00Z"}).encode())
        system.until(lambda: system.report()["headline"]["response"]["part"] == 1)


def test_takes_a_policy(tmp_path: Path) -> None:
    """The policy that it is given is the one that touches are held to."""
    policy = tmp_path / "policy.toml"
    policy.write_text('[rules]\nquiet_hours = "12:00-14:00"\n')
    with up(tmp_path / "data", "--policy", str(policy)) as system:
        system.post(LINE)
        system.until(lambda: system.report()["headline"]["touches"] == 1)
        system.until(lambda: system.ask("/health").json["lag"] == 0)
        system.until(lambda: bool(system.report()["rules"]))
        assert [one["rule"] for one in system.report()["rules"]] == ["quiet_hours"]


def test_refuses_a_policy_that_is_wrong(tmp_path: Path) -> None:
    """A policy file with a mistake is named before anything is made."""
    policy = tmp_path / "policy.toml"
    policy.write_text("nonsense = 1\n")
    with start(tmp_path / "data", "--policy", str(policy)) as process:
        _, errors = process.communicate()
    assert process.returncode == 2
    assert "nonsense" in errors
    assert not (tmp_path / "data").exists()


def test_ends_with_what_an_agent_failed_of(tmp_path: Path) -> None:
    """An agent that cannot go on ends it with status 1 and the reason, and nothing is lost."""
    with up(tmp_path / "data", module="tests.cli._failing") as system:
        assert system.post(LINE).json["events"] == 1
        _, errors = system.process.communicate()
        assert system.process.returncode == 1
        said = " ".join(errors.split())
        assert "An agent failed: ValueError: the moon is full. Nothing is lost" in said
    with up(tmp_path / "data") as system:
        system.until(lambda: system.report()["headline"]["touches"] == 1)
