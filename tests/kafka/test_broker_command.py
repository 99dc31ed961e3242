"""`python -m deploy.kafka`, as whoever has no Docker runs it."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.kafka._records import create_topic, produce, stored

COMMAND = (sys.executable, "-m", "deploy.kafka")


@contextmanager
def kafka_command(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run Kafka on any port; yield the process and its address; kill it at the end."""
    with subprocess.Popen(
        [*COMMAND, "--port", "0", "--data", data], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            lines = iter(process.stdout.readline, "")
            address = next(filter(None, map(re.compile(r"connections at (\S+)").search, lines)))
            yield process, address[1]
        finally:
            process.kill()


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_in_order_when_asked(tmp_path: Path, asked: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end it with success, and the port is closed."""
    with kafka_command(tmp_path) as (process, address):
        process.send_signal(asked)
        said, _ = process.communicate()

        assert process.returncode == 0
        assert said.endswith("Kafka is stopped.\n")
        assert "shut down completed" in (tmp_path / "broker-1" / "broker.log").read_text()
    host, port = address.split(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)))


async def test_its_data_stays(tmp_path: Path) -> None:
    """After kill -9 of the command, the next one has all records, and the port is its own."""
    with kafka_command(tmp_path) as (_, address):
        await create_topic(address, "records")
        await produce(address, "records", [b"one"])

    with kafka_command(tmp_path) as (_, address):
        assert await stored(address, "records") == [b"one"]


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    """It fails with one line, and no traceback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        refused = subprocess.run(
            [*COMMAND, "--port", str(port), "--data", tmp_path],
            capture_output=True,
            text=True,
            check=False,
        )

    assert refused.returncode == 1
    assert re.fullmatch(rf"Port {port} of 127\.0\.0\.1 cannot be used: .*\n", refused.stderr)
